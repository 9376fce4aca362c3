package io.weir.topics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.weir.config.TopicName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads one {@code KafkaTopic} file per topic: those in the jar, or an operator's own in a directory. A file must name the topic it is
 * called after; what it says beyond {@code spec.partitions}, {@code spec.replicas} and {@code spec.config} is for Strimzi.
 */
public final class TopicFiles {
    private static final int MAX_FILE_BYTES = 64 * 1024;
    private static final int MAX_PARTITIONS = 1024;
    private static final int MAX_REPLICAS = 15;
    private static final String MIN_ISR = "min.insync.replicas";
    private static final String API = "kafka.strimzi.io/";
    private static final Set<String> SPEC_FIELDS = Set.of("partitions", "replicas", "config");

    private final String where;
    private final Source source;

    private TopicFiles(String where, Source source) {
        this.where = where;
        this.source = source;
    }

    /** Where a file's bytes come from. */
    @FunctionalInterface
    private interface Source {
        InputStream open(String fileName) throws IOException;
    }

    /** The files that came with this version. */
    public static TopicFiles onClasspath() {
        return new TopicFiles("topics/", fileName -> {
            InputStream file = TopicFiles.class.getClassLoader().getResourceAsStream("topics/" + fileName);
            if (file == null) {
                throw new NoSuchFileException(fileName);
            }
            return file;
        });
    }

    /** An operator's copy, in which numbers may differ. */
    public static TopicFiles in(Path directory) {
        return new TopicFiles(directory + "/", fileName -> Files.newInputStream(directory.resolve(fileName)));
    }

    /**
     * Every topic as its file says, without a namespace.
     *
     * @throws TopicException naming the file and what it must say
     */
    public Map<TopicName, TopicSpec> read() {
        Map<TopicName, TopicSpec> specs = new TreeMap<>();
        for (TopicName name : TopicName.values()) {
            specs.put(name, read(name));
        }
        return specs;
    }

    private TopicSpec read(TopicName name) {
        String file = where + name.baseName() + ".yaml";
        JsonNode resource = parse(name.baseName() + ".yaml", file);
        requireText(file, resource, "/kind", "KafkaTopic");
        requireText(file, resource, "/metadata/name", name.baseName());
        if (!resource.path("apiVersion").asText().startsWith(API)) {
            throw new TopicException(file + ": apiVersion must begin with " + API);
        }
        JsonNode spec = resource.path("spec");
        spec.fieldNames().forEachRemaining(field -> {
            if (!SPEC_FIELDS.contains(field)) {
                throw new TopicException(file + ": spec may have " + new TreeSet<>(SPEC_FIELDS) + ", got " + field);
            }
        });
        int partitions = number(file, spec, "spec", "partitions", MAX_PARTITIONS);
        int replicas = number(file, spec, "spec", "replicas", MAX_REPLICAS);
        return new TopicSpec(name.baseName(), partitions, (short) replicas, config(file, spec.path("config")));
    }

    private JsonNode parse(String fileName, String file) {
        ObjectMapper yaml = new YAMLMapper();
        try (InputStream in = source.open(fileName)) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                throw new TopicException(file + ": a topic file may have " + MAX_FILE_BYTES + " bytes");
            }
            return yaml.readTree(bytes);
        } catch (NoSuchFileException e) {
            throw new TopicException(file + " is missing; every topic needs its file", e);
        } catch (JsonProcessingException e) {
            throw new TopicException(file + " is not YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new TopicException(file + " cannot be read: " + e, e);
        }
    }

    private static void requireText(String file, JsonNode resource, String pointer, String value) {
        String got = resource.at(pointer).asText();
        if (!got.equals(value)) {
            throw new TopicException(
                    file + ": " + pointer.substring(1).replace('/', '.') + " must be " + value + ", got '" + got + "'");
        }
    }

    private static int number(String file, JsonNode parent, String at, String field, int max) {
        JsonNode value = parent.path(field);
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < 1 || value.intValue() > max) {
            throw new TopicException(file + ": " + at + "." + field + " must be an integer from 1 to " + max + ", got '"
                    + value.asText() + "'");
        }
        return value.intValue();
    }

    private static TreeMap<String, String> config(String file, JsonNode config) {
        if (config.has(MIN_ISR)) {
            number(file, config, "spec.config", MIN_ISR, MAX_REPLICAS);
        }
        TreeMap<String, String> settings = new TreeMap<>();
        for (Map.Entry<String, JsonNode> setting : config.properties()) {
            if (!setting.getValue().isValueNode() || setting.getValue().isNull()) {
                throw new TopicException(file + ": spec.config." + setting.getKey() + " must be a single value");
            }
            settings.put(setting.getKey(), setting.getValue().asText());
        }
        return settings;
    }
}
