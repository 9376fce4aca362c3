/**
 * The scenario families: who sends what, legitimate and abusive, with parameters drawn by a seed from the ranges in
 * {@code scenarios.properties}. Knows nothing of those who judge it.
 */
@NullMarked
package io.weir.simulate.scenario;

import org.jspecify.annotations.NullMarked;
