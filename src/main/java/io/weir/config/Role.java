package io.weir.config;

import java.util.Arrays;
import java.util.Optional;

/** What the holder of a token may do over HTTP. */
public enum Role {
    /** Ask. */
    READ("read"),
    /** Ask, and change what operators may change. */
    OPERATE("operate");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    /** The word in settings. */
    public String label() {
        return label;
    }

    public static Optional<Role> of(String label) {
        return Arrays.stream(values()).filter(role -> role.label.equals(label)).findFirst();
    }

    /** Whether it may do what takes {@code needed}. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}
