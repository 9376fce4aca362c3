package io.weir.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Reads a properties file as Java and Kafka do, but in UTF-8, remembering lines and refusing a name given twice. */
final class SettingsFile {
    private static final long MAX_BYTES = 1024 * 1024;

    private SettingsFile() {}

    /** Name to value and line, in the file's order. */
    static Map<String, Given> read(Path file) {
        Map<String, Given> settings = new LinkedHashMap<>();
        try (BufferedReader reader = open(file)) {
            int lineNumber = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lineNumber++;
                int first = lineNumber;
                StringBuilder logical = new StringBuilder(line);
                while (continues(logical)) {
                    String next = reader.readLine();
                    if (next == null) {
                        break;
                    }
                    lineNumber++;
                    logical.append('\n').append(next);
                }
                add(settings, logical.toString(), file + " line " + first);
            }
        } catch (CharacterCodingException e) {
            throw new WeirConfigException("settings file " + file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new WeirConfigException("settings file " + file + " cannot be read: " + e, e);
        }
        return settings;
    }

    private static BufferedReader open(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new WeirConfigException("settings file " + file + " does not exist");
        }
        if (!Files.isRegularFile(file)) {
            throw new WeirConfigException("settings file " + file + " is not a file");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new WeirConfigException(
                    "settings file " + file + " has " + Files.size(file) + " bytes; at most " + MAX_BYTES);
        }
        return Files.newBufferedReader(file, StandardCharsets.UTF_8);
    }

    /** As Java has it: an odd number of backslashes at the end of a line that is no comment. */
    private static boolean continues(StringBuilder line) {
        String start = line.toString().stripLeading();
        if (start.startsWith("#") || start.startsWith("!")) {
            return false;
        }
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static void add(Map<String, Given> settings, String logicalLine, String source) throws IOException {
        Properties one = new Properties();
        try {
            one.load(new StringReader(logicalLine));
        } catch (IllegalArgumentException e) {
            throw new WeirConfigException(source + ": " + e.getMessage(), e);
        }
        for (String name : one.stringPropertyNames()) {
            Given before = settings.put(name, new Given(one.getProperty(name), source));
            if (before != null) {
                throw new WeirConfigException(name + " is given twice: " + before.source() + " and " + source);
            }
        }
    }
}
