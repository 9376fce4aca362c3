package io.weir.replay.log;

import io.weir.model.ConnectionEvent;
import java.util.List;

/** What became of one line. */
sealed interface Reading {
    /** The line counted; {@code events} are what it completed, if anything. */
    record Understood(List<ConnectionEvent> events) implements Reading {}

    /** @param kind program and kind of line, such as {@code smtpd/warning} */
    record Ignored(String kind) implements Reading {}

    /** The line counted, and more lines must come before it is an event. */
    Reading NOTED = new Understood(List.of());

    static Reading of(ConnectionEvent event) {
        return new Understood(List.of(event));
    }
}
