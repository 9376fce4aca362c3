package io.weir.replay.log;

import java.io.Serial;

/** A line of a log is not what its format promises; the message says why, in words that fit behind a line number. */
final class MalformedLineException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Without a stack trace: a file of another format has millions of these. */
    MalformedLineException(String why) {
        super(why, null, false, false);
    }
}
