/**
 * The {@code weir} command: picocli commands and the wiring of everything else. May import every other package; the only place that calls
 * {@code System.exit}.
 */
@NullMarked
package io.weir.cli;

import org.jspecify.annotations.NullMarked;
