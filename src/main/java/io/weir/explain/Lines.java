package io.weir.explain;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text as it comes, made fit to be searched. */
final class Lines {
    /** Of one piece of text, searched. */
    static final int MOST_TEXT = 128 * 1024;

    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0]+");
    private static final Pattern TAG = Pattern.compile("<(?:/?[a-zA-Z][^<>]{0,2000}|!--[^<>]{0,2000}--)>");
    private static final Pattern SOFT_BREAK = Pattern.compile("=\r?\n");

    /** From here on it is the message that bounced, not what is said about it. */
    private static final Pattern ORIGINAL = Pattern.compile(
            "(?im)^[ >\\t]*(?:-{2,}[^\\n]{0,40}\\b(?:copy of|original message|returned message|message header|header of|unsent message)\\b[^\\n]*"
                    + "|below is a copy of the original message:?|original message (?:headers|follows)\\b[^\\n]*"
                    + "|original headers:|(?:return-path|received|dkim-signature):[^\\n]*)$");

    private Lines() {}

    /** Bytes in the charset that they claim, in UTF-8 when that fails, and in ISO-8859-1 when nothing else fits. */
    static String decode(byte[] bytes, @Nullable String claimed) {
        if (claimed != null) {
            String text = decode(bytes, charset(claimed));
            if (text != null) {
                return text;
            }
        }
        String text = decode(bytes, StandardCharsets.UTF_8);
        return text == null ? new String(bytes, StandardCharsets.ISO_8859_1) : text;
    }

    private static @Nullable String decode(byte[] bytes, @Nullable Charset charset) {
        if (charset == null) {
            return null;
        }
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static @Nullable Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }

    /** Without what comes after it: the copy of the message that bounced. */
    static String withoutOriginal(String text) {
        Matcher original = ORIGINAL.matcher(text);
        return original.find() && !text.substring(0, original.start()).isBlank()
                ? text.substring(0, original.start())
                : text;
    }

    static String withoutTags(String html) {
        return TAG.matcher(html)
                .replaceAll(" ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&");
    }

    /** One line with single blanks, as it was before somebody wrapped it. */
    static String flat(String text) {
        String bounded = text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
        return BLANKS.matcher(SOFT_BREAK.matcher(bounded).replaceAll(""))
                .replaceAll(" ")
                .strip();
    }
}
