package io.weir.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a delivery status (RFC 3464), wherever they stand: in a part of their own, or pasted as text.
 *
 * @param reporter value of Reporting-MTA
 * @param recipients fields by lower-case name, for each recipient
 */
record DeliveryStatus(@Nullable String reporter, List<Map<String, String>> recipients) {
    private static final int MOST_LINES = 5_000;
    private static final int MOST_RECIPIENTS = 200;
    private static final int MOST_VALUE = 8_000;

    private static final Pattern FIELD = Pattern.compile(
            "(?i)^[ \\t>]{0,8}(Reporting-MTA|Final-Recipient|Original-Recipient|Action|Status|Remote-MTA|Diagnostic-Code):[ \\t]*(.*)$");

    static DeliveryStatus of(String text) {
        Reader reader = new Reader();
        text.lines().limit(MOST_LINES).forEach(reader::line);
        reader.end();
        return new DeliveryStatus(Hosts.ofField(reader.reporter), reader.recipients);
    }

    /** Goes from line to line. */
    private static final class Reader {
        private final List<Map<String, String>> recipients = new ArrayList<>();
        private Map<String, String> recipient = new LinkedHashMap<>();
        private @Nullable String reporter;
        private @Nullable String field;
        private final StringBuilder value = new StringBuilder();

        void line(String line) {
            Matcher found = FIELD.matcher(line);
            if (found.matches()) {
                endField();
                field = found.group(1).toLowerCase(Locale.ROOT);
                value.append(found.group(2));
            } else if (line.isBlank()) {
                end();
            } else if (field != null && Character.isWhitespace(line.charAt(0))) {
                value.append(' ').append(line.strip());
            } else {
                endField();
            }
        }

        /** Of a recipient's fields. */
        void end() {
            endField();
            if (!recipient.isEmpty() && recipients.size() < MOST_RECIPIENTS) {
                recipients.add(recipient);
            }
            recipient = new LinkedHashMap<>();
        }

        private void endField() {
            String name = field;
            String text = Lines.flat(value.substring(0, Math.min(value.length(), MOST_VALUE)));
            field = null;
            value.setLength(0);
            if (name == null) {
                return;
            }
            if (name.equals("reporting-mta")) {
                reporter = reporter == null ? text : reporter;
            } else if (name.equals("final-recipient") && recipient.containsKey(name)) {
                // No blank line between them.
                end();
                recipient.put(name, text);
            } else {
                recipient.putIfAbsent(name, text);
            }
        }
    }
}
