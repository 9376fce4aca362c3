/** Pages as text: tags, and everything else escaped. May import nothing. */
@NullMarked
package io.weir.html;

import org.jspecify.annotations.NullMarked;
