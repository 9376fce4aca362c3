package io.weir.cli;

import io.weir.throttle.Reason;
import io.weir.throttle.RuleKey;
import io.weir.throttle.Rules;
import io.weir.throttle.RulesException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A rules document as text: a {@code name = value} per line, {@code #} before a remark. What is not named has its default. */
final class RulesFile {
    private static final long MAX_BYTES = 256 * 1024;

    private RulesFile() {}

    /**
     * Reads and checks a document.
     *
     * @throws CommandException naming file, line and what is allowed
     */
    static Rules read(Path file) {
        try {
            return Rules.of(settings(file));
        } catch (RulesException e) {
            throw CommandException.usage(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The document as it is written: only what it names, and not checked but for its form.
     *
     * @throws CommandException naming file and line
     */
    static Map<String, String> document(Path file) {
        return settings(file);
    }

    /** A document that {@link #read} takes: every rule, with what it means. */
    static String write(Rules rules) {
        StringBuilder text = new StringBuilder(8 * 1024);
        for (RuleKey key : RuleKey.values()) {
            String value = rules.settings().getOrDefault(key.id(), key.standard());
            text.append("# ").append(key.meaning());
            text.append(" (default ").append(key.standard().isEmpty() ? "empty" : key.standard());
            text.append(key == RuleKey.LEARN_UNTIL ? "; now " + instant(value) : "");
            text.append(")\n").append(key.id()).append(" = ").append(value).append('\n');
        }
        text.append("\n# shadow: only reports; enforce: edges defer the excess\n");
        for (Reason reason : Reason.values()) {
            text.append(modeKey(reason)).append(" = ");
            text.append(rules.mode(reason).label()).append('\n');
        }
        return text.toString();
    }

    static String modeKey(Reason reason) {
        return RuleKey.MODE_PREFIX + reason.id();
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static Map<String, String> settings(Path file) {
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).trim();
            if (!line.isEmpty() && !line.startsWith("#")) {
                put(settings, line, file + " line " + (i + 1));
            }
        }
        return settings;
    }

    private static void put(Map<String, String> settings, String line, String where) {
        int equals = line.indexOf('=');
        if (equals < 1) {
            throw CommandException.usage(where + ": a rule is NAME = VALUE, and a remark begins with #");
        }
        String name = line.substring(0, equals).trim();
        if (settings.put(name, line.substring(equals + 1).trim()) != null) {
            throw CommandException.usage(where + ": " + name + " is given twice");
        }
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw CommandException.usage(
                        file + " has " + Files.size(file) + " bytes; a rules file has at most " + MAX_BYTES);
            }
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw CommandException.usage("rules file " + file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw CommandException.usage("rules file " + Failures.ofFile(e), e);
        }
    }
}
