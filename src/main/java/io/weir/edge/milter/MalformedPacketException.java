package io.weir.edge.milter;

/** What came is not the milter protocol; the message says what is wrong and repeats nothing of it. */
final class MalformedPacketException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedPacketException(String message) {
        // Thrown for what anybody may send: no trace is worth its cost.
        super(message, null, false, false);
    }
}
