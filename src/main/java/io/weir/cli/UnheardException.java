package io.weir.cli;

import java.io.Serial;

/** Whoever read the answers has heard enough, as {@code head} has: no reason to go on, and none to complain. */
final class UnheardException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;
}
