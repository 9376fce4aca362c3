package io.weir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A file of records that an operator writes: YAML, or JSON, which is YAML as well; objects, or lists of them. */
final class OperatorFile {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    private OperatorFile() {}

    /** @param where names the record in error messages: the file, and its place in it */
    record Entry(String where, ObjectNode record) {
        /** Refuses a field that is none of these: what a slip of the pen leaves out may be what protects. */
        void requireOnly(Collection<String> fields) {
            record.fieldNames().forEachRemaining(field -> {
                if (!fields.contains(field)) {
                    throw CommandException.usage(
                            where + ": unknown field '" + field + "'; allowed are " + String.join(", ", fields));
                }
            });
        }
    }

    static List<Entry> read(Path file) {
        List<Entry> entries = new ArrayList<>();
        List<JsonNode> documents = parsed(file);
        for (JsonNode document : documents) {
            if (document instanceof ObjectNode only && documents.size() == 1) {
                entries.add(new Entry(file.toString(), only));
            } else if (document.isArray()) {
                document.forEach(element -> entries.add(entry(file, entries.size() + 1, element)));
            } else {
                entries.add(entry(file, entries.size() + 1, document));
            }
        }
        if (entries.isEmpty()) {
            throw CommandException.usage(file + ": must hold one object or a list of them");
        }
        return entries;
    }

    private static Entry entry(Path file, int number, JsonNode element) {
        String where = file + ", entry " + number;
        if (element instanceof ObjectNode record) {
            return new Entry(where, record);
        }
        throw CommandException.usage(where + ": must be an object");
    }

    /** All documents: YAML may have several, with lines of three dashes between; of a list that is the first, its elements. */
    private static List<JsonNode> parsed(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw CommandException.usage(file + ": may have " + MAX_BYTES + " bytes");
            }
            try (MappingIterator<JsonNode> documents =
                    YAML.readerFor(JsonNode.class).readValues(Files.readAllBytes(file))) {
                return documents.readAll();
            }
        } catch (JsonProcessingException e) {
            throw CommandException.usage(
                    file + ": neither YAML nor JSON, line " + e.getLocation().getLineNr() + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        } catch (IOException e) {
            throw CommandException.usage(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
