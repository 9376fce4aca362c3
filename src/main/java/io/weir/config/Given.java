package io.weir.config;

/**
 * A value somebody gave to a setting.
 *
 * @param source where, in words for an operator: a file's line, an environment variable, the command line
 */
record Given(String value, String source) {
    private static final int MOST_SHOWN = 100;

    Given {
        value = value.trim();
    }

    /** Fit for a one-line message. */
    String printable() {
        String oneLine = value.replaceAll("\\p{Cntrl}", "?");
        return oneLine.length() <= MOST_SHOWN ? oneLine : oneLine.substring(0, MOST_SHOWN) + "...";
    }
}
