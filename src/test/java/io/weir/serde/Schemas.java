package io.weir.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The schema files as the jar carries them. */
final class Schemas {
    static final String EVENT = "connection-event";
    static final String VERDICT = "verdict";
    static final String RULES = "rules";
    static final String CONNECTOR = "connector";
    static final String OVERRIDE = "override";
    static final String CHANGE = "change";
    static final List<String> ALL = List.of(EVENT, VERDICT, RULES, CONNECTOR, OVERRIDE, CHANGE);

    private static final Map<String, String> SOURCES =
            ALL.stream().collect(Collectors.toMap(Schemas::id, Schemas::source));
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(SOURCES)
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));
    private static final Map<String, Schema> SCHEMAS = ALL.stream()
            .collect(Collectors.toMap(Function.identity(), name -> REGISTRY.getSchema(SchemaLocation.of(id(name)))));

    private Schemas() {}

    static String id(String name) {
        return "urn:weir:" + name + ":1";
    }

    static String source(String name) {
        try (InputStream file =
                Schemas.class.getClassLoader().getResourceAsStream("topics/schemas/" + name + ".schema.json")) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the schema objects to; empty when it accepts. */
    static List<String> problems(String name, String json) {
        return SCHEMAS.get(name).validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    /** What the meta-schema of the draft objects to in our schema. */
    static List<String> problemsOfTheSchema(String name) {
        Schema draft = REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        return draft.validate(source(name), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    /** Every named property of the schema and of its definitions. */
    static Stream<Map.Entry<String, JsonNode>> properties(String name) {
        return tree(source(name)).get("properties").properties().stream();
    }
}
