package io.weir.edge.policy;

/** What came is no policy request; the message says what is wrong and repeats nothing of it. */
final class MalformedRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedRequestException(String message) {
        // Thrown for what anybody may send: no trace is worth its cost.
        super(message, null, false, false);
    }
}
