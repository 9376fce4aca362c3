package io.weir.serde;

/** A record on {@code smtp-connectors} that cannot be understood. */
public final class MalformedConnectorException extends MalformedRecordException {
    private static final long serialVersionUID = 1L;

    public MalformedConnectorException(String message) {
        super(message);
    }
}
