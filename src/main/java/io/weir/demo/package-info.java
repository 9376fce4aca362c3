/**
 * {@code weir demo}: four weeks of made-up mail, then a week of incidents, through the real broker, the real engine and the real decision of
 * an edge. What is made up is who sends what and when; what becomes of it is not, and neither is anything that is printed about it.
 *
 * <p>May import everything but cli and http: it is neither a command nor a server.
 */
@NullMarked
package io.weir.demo;

import org.jspecify.annotations.NullMarked;
