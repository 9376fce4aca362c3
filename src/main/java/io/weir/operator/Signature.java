package io.weir.operator;

/**
 * Under what an operator does.
 *
 * @param author who does it: 1 to 128 characters
 * @param comment why; may be empty
 * @param atMs when, milliseconds since the epoch
 */
public record Signature(String author, String comment, long atMs) {
    private static final int MAX_AUTHOR = 128;
    private static final int MAX_COMMENT = 512;

    /** @throws OperatorException when one of them is too long, or would garble a terminal */
    public Signature {
        if (author.isBlank() || author.length() > MAX_AUTHOR || !isPlain(author)) {
            throw OperatorException.invalid(
                    "author must have 1 to " + MAX_AUTHOR + " characters and no control characters");
        }
        if (comment.length() > MAX_COMMENT || !isPlain(comment)) {
            throw OperatorException.invalid(
                    "comment may have " + MAX_COMMENT + " characters and no control characters");
        }
    }

    static void requireComment(String comment) {
        if (comment.isBlank() || comment.length() > MAX_COMMENT || !isPlain(comment)) {
            throw OperatorException.invalid(
                    "comment must have 1 to " + MAX_COMMENT + " characters and no control characters");
        }
    }

    /** A surrogate without its other half is a code point of its own. */
    private static boolean isPlain(String text) {
        return text.codePoints()
                .noneMatch(c ->
                        Character.isISOControl(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }
}
