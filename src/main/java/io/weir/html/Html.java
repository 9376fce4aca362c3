package io.weir.html;

/** Builds a page piece by piece; whatever is not a tag is escaped. */
public final class Html {
    private final StringBuilder page = new StringBuilder(16 * 1024);

    /** @param attributes names and values in turn */
    public Html open(String tag, String... attributes) {
        page.append('<').append(tag);
        attributes(attributes);
        page.append('>');
        return this;
    }

    public Html close(String tag) {
        page.append("</").append(tag).append('>');
        if (!isInline(tag)) {
            page.append('\n');
        }
        return this;
    }

    private static boolean isInline(String tag) {
        return tag.equals("b") || tag.equals("span") || tag.equals("td") || tag.equals("th") || tag.equals("code");
    }

    /** An element that holds nothing. */
    public Html empty(String tag, String... attributes) {
        page.append('<').append(tag);
        attributes(attributes);
        page.append("/>");
        return this;
    }

    /** An element that holds but text. */
    public Html element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close(tag);
    }

    public Html text(String text) {
        escape(text);
        return this;
    }

    /** Our own style or script, which must not hold what ends it. */
    public Html ours(String tag, String content) {
        if (content.contains("</" + tag)) {
            throw new IllegalArgumentException("a " + tag + " must not end within itself");
        }
        page.append('<').append(tag).append(">\n").append(content);
        return close(tag);
    }

    public Html doctype() {
        page.append("<!doctype html>\n");
        return this;
    }

    private void attributes(String... attributes) {
        for (int i = 0; i < attributes.length; i += 2) {
            page.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            page.append('"');
        }
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> page.append("&lt;");
                case '>' -> page.append("&gt;");
                case '&' -> page.append("&amp;");
                case '"' -> page.append("&quot;");
                case '\'' -> page.append("&#39;");
                default -> page.append(c < ' ' && c != '\n' ? '\uFFFD' : c);
            }
        }
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
