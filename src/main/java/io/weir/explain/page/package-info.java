/**
 * The public help page: an explanation as HTML that needs no script, and a style sheet of its own. May import explain and html; who serves it is
 * elsewhere.
 */
@NullMarked
package io.weir.explain.page;

import org.jspecify.annotations.NullMarked;
