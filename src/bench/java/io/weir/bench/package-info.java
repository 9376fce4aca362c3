/** Benchmarks, run by hand: {@code mvn -Pbench test-compile exec:exec -Dbench=NAME}. Figures are ratios within one run. */
@NullMarked
package io.weir.bench;

import org.jspecify.annotations.NullMarked;
