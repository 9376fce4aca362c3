package io.weir.replay;

import io.weir.model.ConnectionEvent;
import org.jspecify.annotations.Nullable;

/** What became of one line. */
sealed interface Reading {
    /** The line counted; {@code event} is what it completed, if anything. */
    record Understood(@Nullable ConnectionEvent event) implements Reading {}

    /** @param kind program and kind of line, such as {@code smtpd/warning} */
    record Ignored(String kind) implements Reading {}

    /** The line counted, and more lines must come before it is an event. */
    Reading NOTED = new Understood(null);
}
