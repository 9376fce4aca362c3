/**
 * The milter protocol, as a filter: frames and bounds what a sendmail says, asks a {@link io.weir.edge.policy.PolicyService} at each recipient
 * and at the end of a message, and answers. Sees no header and no body. Knows nothing of verdicts or Kafka.
 *
 * <p>The protocol: packets of a length (4 bytes, big endian), a command (1 byte) and its data, both ways (sendmail, libmilter/mfdef.h).
 */
@NullMarked
package io.weir.edge.milter;

import org.jspecify.annotations.NullMarked;
