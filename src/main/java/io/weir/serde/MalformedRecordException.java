package io.weir.serde;

/**
 * A record's value is not what its topic's schema says. The message names the field and what is allowed, and repeats at most 60 characters
 * of the input. Carries no stack trace: a flood of such records must stay cheap, and the message says more.
 */
public abstract sealed class MalformedRecordException extends RuntimeException
        permits MalformedEventException,
                MalformedVerdictException,
                MalformedOverrideException,
                MalformedConnectorException,
                MalformedChangeException {
    MalformedRecordException(String message) {
        super(message, null, false, false);
    }
}
