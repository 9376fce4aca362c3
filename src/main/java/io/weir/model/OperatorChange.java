package io.weir.model;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operator changed; a record on {@code smtp-changes}, where it stays when what it changed has been changed again.
 *
 * @param key of the record that was written: an override's target, a connector's name
 * @param author who did it
 * @param comment why; empty when nothing was said
 * @param atMs when, milliseconds since the epoch
 * @param record what was written, as JSON; null for a deletion
 */
public record OperatorChange(
        Kind kind,
        String key,
        Action action,
        String author,
        String comment,
        long atMs,
        @Nullable String record) {
    /** What kind of record. */
    public enum Kind {
        OVERRIDE("override"),
        CONNECTOR("connector");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The word in records. */
        public String label() {
            return label;
        }

        public static Optional<Kind> of(String label) {
            return Arrays.stream(values())
                    .filter(one -> one.label.equals(label))
                    .findFirst();
        }
    }

    /** What was done to it. */
    public enum Action {
        PUT("put"),
        DELETE("delete");

        private final String label;

        Action(String label) {
            this.label = label;
        }

        /** The word in records. */
        public String label() {
            return label;
        }
    }
}
