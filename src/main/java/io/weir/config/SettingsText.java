package io.weir.config;

import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** All settings in words: for a terminal with the values in force, and as the table in {@code deploy/settings.md}. */
public final class SettingsText {
    private static final int WIDTH = 100;
    private static final String INDENT = "      ";

    private SettingsText() {}

    /** Every setting with type, default and meaning; those that were given with their value and where it comes from. */
    public static String plain(WeirConfig config) {
        StringBuilder text = new StringBuilder(8 * 1024);
        for (Section section : Definitions.SECTIONS) {
            text.append(section.title()).append("\n\n");
            for (ConfigKey key : keysOf(section)) {
                text.append("  ").append(key.name).append('\n');
                wrap(text, key.documentation);
                wrap(text, type(key) + ": " + key.validator);
                wrap(text, "default: " + defaultOf(section, key));
                Given given = config.given().get(key.name);
                if (given != null) {
                    wrap(text, "in force: " + orEmpty(given.printable()) + " (" + given.source() + ")");
                }
                wrap(text, "variable: " + SettingSources.variable(key.name));
                text.append('\n');
            }
        }
        return passThrough(text, config).toString();
    }

    /** A Markdown document, one table per group. */
    public static String markdown() {
        StringBuilder text = new StringBuilder(8 * 1024);
        text.append("# Settings\n\n");
        text.append(
                "Given, in order of precedence, on the command line, as an environment variable (`WEIR_` and the name in upper"
                        + " case with `_` for `.`: `WEIR_HTTP_PORT`), or in a properties file. `weir config` prints the ones in force.\n");
        for (Section section : Definitions.SECTIONS) {
            text.append("\n## ").append(section.title()).append("\n\n");
            text.append("| setting | type | default | allowed | meaning |\n|---|---|---|---|---|\n");
            for (ConfigKey key : keysOf(section)) {
                String row = String.join(
                        " | ",
                        code(key.name),
                        type(key),
                        defaultCell(section, key),
                        key.validator.toString(),
                        key.documentation.replace("<", "\\<"));
                text.append("| ").append(row).append(" |\n");
            }
        }
        text.append("\n## Passed on to Kafka\n\n| prefix | goes to |\n|---|---|\n");
        for (PassThrough one : PassThrough.values()) {
            text.append("| ")
                    .append(code(one.prefix() + "*"))
                    .append(" | ")
                    .append(one.receiver())
                    .append(" |\n");
        }
        return text.toString();
    }

    private static StringBuilder passThrough(StringBuilder text, WeirConfig config) {
        text.append("Passed on to Kafka\n\n");
        for (PassThrough one : PassThrough.values()) {
            text.append("  ").append(one.prefix()).append("*\n");
            wrap(text, "goes to " + one.receiver());
            config.given().forEach((name, given) -> {
                if (name.startsWith(one.prefix())) {
                    String value = PassThrough.isSecret(name) ? "(hidden)" : orEmpty(given.printable());
                    wrap(text, "in force: " + name + " = " + value + " (" + given.source() + ")");
                }
            });
            text.append('\n');
        }
        return text;
    }

    private static Iterable<ConfigKey> keysOf(Section section) {
        return () -> Definitions.keys().values().stream()
                .filter(key -> key.group.equals(section.title()))
                .iterator();
    }

    private static String type(ConfigKey key) {
        return key.type.name().toLowerCase(Locale.ROOT);
    }

    private static String defaultOf(Section section, ConfigKey key) {
        String rule = section.derivedDefaults().get(key.name);
        return rule == null ? orEmpty(String.valueOf(key.defaultValue)) : rule;
    }

    private static String defaultCell(Section section, ConfigKey key) {
        return "".equals(key.defaultValue) ? "empty" : code(defaultOf(section, key));
    }

    private static String orEmpty(String value) {
        return value.isEmpty() ? "(empty)" : value;
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static void wrap(StringBuilder text, String paragraph) {
        int column = 0;
        for (String word : paragraph.split(" ")) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                text.append('\n');
                column = 0;
            }
            text.append(column == 0 ? INDENT : " ").append(word);
            column = (column == 0 ? INDENT.length() : column + 1) + word.length();
        }
        text.append('\n');
    }
}
