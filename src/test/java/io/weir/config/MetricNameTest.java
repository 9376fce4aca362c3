package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import io.weir.GeneratedFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricNameTest {
    @Test
    void theCommittedTableIsTheGeneratedOne() throws IOException {
        GeneratedFile.assertUpToDate(MetricNameTest.class, "deploy/metrics.md", MetricName.markdown());
    }

    @ParameterizedTest
    @EnumSource
    void theNameInTheTableIsTheOneThatPrometheusSees(MetricName metric) {
        Meter.Type type = switch (metric.type()) {
            case COUNTER -> Meter.Type.COUNTER;
            case GAUGE -> Meter.Type.GAUGE;
            case TIMER -> Meter.Type.TIMER;
        };
        String exported = new PrometheusNamingConvention()
                .name(metric.id(), type, metric.baseUnit().orElse(null));
        // The client library adds the counter's suffix itself, later.
        String suffix = metric.type() == MetricName.Type.COUNTER && !exported.endsWith("_total") ? "_total" : "";

        assertThat(metric.prometheusName()).isEqualTo(exported + suffix);
    }

    @ParameterizedTest
    @EnumSource
    void namesAreOursAndMeaningsAreSentences(MetricName metric) {
        assertThat(metric.id()).startsWith("weir.").matches("[a-z.]+");
        assertThat(metric.meaning()).endsWith(".").doesNotContain("|");
    }

    @Test
    void idsAreDistinct() {
        List<String> ids =
                Arrays.stream(MetricName.values()).map(MetricName::id).toList();
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void nothingIsTaggedByAddress() {
        assertThat(Arrays.stream(MetricName.values()).flatMap(metric -> metric.tagNames().stream()))
                .isSubsetOf("outcome", "reason", "action", "answer", "state");
    }

    @Test
    void tagsAlternateNamesAndValuesAndMustBeComplete() {
        assertThat(MetricName.VERDICTS.tags("volume-surge", "throttle"))
                .containsExactly("reason", "volume-surge", "action", "throttle");
        assertThat(MetricName.DUPLICATES.tags()).isEmpty();
        assertThatThrownBy(() -> MetricName.VERDICTS.tags("volume-surge"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weir.verdicts has the tags [reason, action], got [volume-surge]");
    }
}
