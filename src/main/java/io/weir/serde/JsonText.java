package io.weir.serde;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;

/** How all our JSON is read and written: bounds of the parser and of strings. */
final class JsonText {
    /** Most characters of the input that an error message repeats. */
    private static final int MAX_ECHO = 60;

    private static final int MAX_NESTING = 16;
    private static final int MAX_NAME = 255;
    private static final int MAX_NUMBER = 40;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .errorReportConfiguration(ErrorReportConfiguration.builder()
                    .maxErrorTokenLength(MAX_ECHO / 2)
                    .build())
            // Names of unknown fields are a stranger's: they must not stay in the JVM's table of strings.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private JsonText() {}

    /** Whether it can go to a terminal and to UTF-8 as it is: no control characters, no half surrogate pairs. */
    static boolean isPlain(String text) {
        return firstOdd(text) < 0;
    }

    /** The text cut to {@code max} characters, with U+FFFD for what is not plain. */
    static String cleaned(String text, int max) {
        String cut = text.length() <= max ? text : text.substring(0, max);
        int odd = firstOdd(cut);
        if (odd < 0) {
            return cut;
        }
        StringBuilder clean = new StringBuilder(cut.length()).append(cut, 0, odd);
        for (int i = odd; i < cut.length(); i++) {
            char c = cut.charAt(i);
            if (startsPair(cut, i)) {
                clean.append(c).append(cut.charAt(++i));
            } else {
                clean.append(isOdd(c) ? '\uFFFD' : c);
            }
        }
        return clean.toString();
    }

    /** The beginning of an input for an error message. */
    static String echo(String text) {
        return cleaned(text, MAX_ECHO - 3) + (text.length() > MAX_ECHO - 3 ? "..." : "");
    }

    private static int firstOdd(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (startsPair(text, i)) {
                i++;
            } else if (isOdd(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean startsPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    /** A control character, or a surrogate (that the caller found to be without its other half). */
    private static boolean isOdd(char c) {
        return c < 0x20 || (c >= 0x7f && c < 0xa0) || Character.isSurrogate(c);
    }
}
