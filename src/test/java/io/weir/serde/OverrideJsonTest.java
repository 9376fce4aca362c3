package io.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.model.OperatorOverride;
import io.weir.model.OperatorOverride.Action;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OverrideJsonTest {
    private static OperatorOverride override(Action action, double admit) {
        return new OperatorOverride("203.0.113.0/24", action, admit, "mara", "complaints", 1_000, 2_000);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsValidAndReadBack(Action action) {
        OperatorOverride override = switch (action) {
            case ALLOW -> override(action, OverrideJson.DEFAULT_ADMIT);
            case THROTTLE -> override(action, 0.05);
            case PLANNED ->
                new OperatorOverride(
                        "203.0.113.7", action, OverrideJson.DEFAULT_ADMIT, 50_000, "mara", "sale", 1_000, 1_500, 2_000);
        };
        byte[] json = OverrideJson.write(override);
        assertThat(Schemas.problems(Schemas.OVERRIDE, new String(json, StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(OverrideJson.read(json)).isEqualTo(override);
    }

    @Test
    void unknownFieldsAreIgnoredAndTheShareHasADefault() {
        String json = "{'v':1,'target':'203.0.113.7','action':'throttle','author':'a','comment':'c','createdAtMs':1,"
                + "'expiresAtMs':2,'later':{'x':[1]}}";
        assertThat(read(json).admit()).isEqualTo(0.01);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'action':'throttle'|'action':'block'|action must be one of throttle, allow, planned, got 'block'",
                "'v':1|'v':2|v must be an integer from 1 to 1, got 2",
                "'admit':0.5|'volume':7|volume must be 1 to 1000000000 with action planned, and with no other; got 7",
                "'throttle'|'planned'|volume must be 1 to 1000000000 with action planned, and with no other; got 0",
                "'admit':0.5|'admit':5|admit must be a number from 0 to 1, got 5",
                "'comment':'c'|'comment':' '|comment must have 1 to 512 characters",
                "'expiresAtMs':2|'expires':2|required field expiresAtMs is missing"
            })
    void whatIsWrongIsNamed(String good, String bad, String message) {
        String json = "{'v':1,'target':'203.0.113.7','action':'throttle','admit':0.5,'author':'a','comment':'c',"
                + "'createdAtMs':1,'expiresAtMs':2}";
        assertThat(read(json).target()).isEqualTo("203.0.113.7");
        assertThatThrownBy(() -> read(json.replace(good, bad)))
                .isInstanceOf(MalformedOverrideException.class)
                .hasMessageContaining(message);
    }

    private static OperatorOverride read(String json) {
        return OverrideJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
