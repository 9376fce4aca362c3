package io.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.model.WeirEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The files under {@code topics/schemas} and the code say the same. */
class SchemaTest {
    private static final EventJson EVENTS = new EventJson();
    static final List<String> SCHEMAS = Schemas.ALL;

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void schemasAreValidAndDescribeEveryField(String name) {
        assertThat(Schemas.problemsOfTheSchema(name)).isEmpty();
        JsonNode schema = Schemas.tree(Schemas.source(name));
        assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("$id").asText()).isEqualTo(Schemas.id(name));
        assertThat(schema.path("description").asText()).startsWith("A record on smtp-");
        assertThat(Schemas.properties(name)
                        .filter(property -> !property.getValue().has("description")
                                && !property.getValue().has("enum")
                                && !property.getValue().has("const")))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsWrittenIsValid(String schema, String sample) {
        assertThat(Schemas.problems(schema, sample)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theSchemaDescribesEveryFieldThatIsWritten(String schema, String sample) {
        List<String> described = new ArrayList<>();
        Schemas.properties(schema).forEach(property -> described.add(property.getKey()));
        if (schema.equals(Schemas.RULES)) {
            Schemas.properties(Schemas.EVENT).forEach(property -> described.add(property.getKey()));
        }
        List<String> written = new ArrayList<>();
        Schemas.tree(sample).fieldNames().forEachRemaining(written::add);
        assertThat(described).containsAll(written);
    }

    /** Leaves out each field in turn. */
    @ParameterizedTest
    @MethodSource("samples")
    void requiredByTheSchemaIsRequiredByTheCode(String schema, String sample) {
        Predicate<String> accepts = reader(schema);
        List<String> fields = new ArrayList<>();
        Schemas.tree(sample).fieldNames().forEachRemaining(fields::add);
        assertThat(fields).hasSizeGreaterThan(4);
        for (String field : fields) {
            String without = ((ObjectNode) Schemas.tree(sample)).without(field).toString();
            assertThat(accepts.test(without))
                    .as("without %s", field)
                    .isEqualTo(Schemas.problems(schema, without).isEmpty());
        }
        assertThat(accepts.test("{}")).isFalse();
        assertThat(Schemas.problems(schema, "{}")).isNotEmpty();
    }

    /** Puts each of many values into each field in turn. Facts are cut by the reader where the schema bounds the writer. */
    @ParameterizedTest
    @MethodSource("roomy")
    void allowedByTheSchemaIsAllowedByTheCode(String schema, String sample) {
        Predicate<String> accepts = reader(schema);
        List<String> fields = new ArrayList<>();
        Schemas.properties(schema).forEach(property -> fields.add(property.getKey()));
        for (String field : fields) {
            for (String value : PROBES) {
                ObjectNode changed = (ObjectNode) Schemas.tree(sample);
                changed.set(field, Schemas.tree(value));
                assertThat(accepts.test(changed.toString()))
                        .as("%s = %s", field, value)
                        .isEqualTo(Schemas.problems(schema, changed.toString()).isEmpty());
            }
        }
    }

    private static final List<String> PROBES = List.of(
            "-1",
            "0",
            "1",
            "2",
            "399",
            "400",
            "599",
            "600",
            "99999",
            "100000",
            "1000000",
            "1000001",
            "253402300799999",
            "253402300800000",
            "9223372036854775807",
            "9223372036854775808",
            "1.5",
            "-0.5",
            "0.5",
            "true",
            "[]",
            "{}",
            "[1]",
            "[\"x\"]",
            "{\"k\":\"v\"}",
            "{\"k\":1}",
            "\"\"",
            "\" \"",
            "\"x\"",
            "\"203.0.113.7\"",
            "\"203.0.113.256\"",
            "\"203.0.113.0/24\"",
            "\"2001:db8::1\"",
            "\"2001:db8::1::\"",
            text(11),
            text(12),
            text(64),
            text(65),
            text(128),
            text(129),
            text(255),
            text(256),
            text(512));

    private static String text(int length) {
        return "\"" + "x".repeat(length) + "\"";
    }

    static Stream<Arguments> samples() {
        Stream<Arguments> events = Samples.EVENTS.stream().map(event -> Arguments.of(Schemas.EVENT, json(event)));
        return Stream.concat(
                events,
                Stream.of(
                        Arguments.of(Schemas.RULES, json(Samples.RULES)),
                        Arguments.of(Schemas.VERDICT, Samples.text(VerdictJson.write(Samples.VERDICT)))));
    }

    /** Records in which no field bounds another: recipients at their most, times at their ends. */
    static Stream<Arguments> roomy() {
        String head = "{\"v\":1,\"edge\":\"e\",\"occurredAtMs\":253402300799999,\"kind\":";
        return Stream.of(
                Arguments.of(
                        Schemas.EVENT,
                        head + "\"transaction\",\"clientAddress\":\"192.0.2.1\",\"outcome\":\"unknown\","
                                + "\"recipients\":1000000}"),
                Arguments.of(Schemas.EVENT, head + "\"amend\",\"clientAddress\":\"192.0.2.1\",\"refTimeMs\":0}"),
                Arguments.of(Schemas.EVENT, head + "\"gap\",\"fromMs\":0,\"toMs\":253402300799999}"),
                Arguments.of(Schemas.EVENT, head + "\"brake\",\"on\":false}"),
                Arguments.of(Schemas.RULES, head + "\"rules\",\"settings\":{}}"),
                Arguments.of(Schemas.VERDICT, Samples.text(VerdictJson.write(Samples.VERDICT))));
    }

    private static String json(WeirEvent event) {
        return Samples.text(EVENTS.write(event));
    }

    private static Predicate<String> reader(String schema) {
        return json -> {
            try {
                if (schema.equals(Schemas.VERDICT)) {
                    VerdictJson.read(Samples.bytes(json));
                } else {
                    EVENTS.read(Samples.bytes(json));
                }
                return true;
            } catch (MalformedRecordException e) {
                return false;
            }
        };
    }
}
