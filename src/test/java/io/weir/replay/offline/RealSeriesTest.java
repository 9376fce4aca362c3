package io.weir.replay.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.GeneratedFile;
import io.weir.SharedData;
import io.weir.replay.offline.RealSeries.Result;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Volume that nobody made up: how often a sender whose volume is that of a real series is throttled, in labelled windows and outside. */
@SharedData.Needed("nab/windows.json")
class RealSeriesTest {
    private static List<Result> results;

    @BeforeAll
    static void judge() {
        results = RealSeries.NAMES.stream()
                .map(name -> RealSeries.read(name).judge(Map.of()))
                .toList();
    }

    private static Result of(String name) {
        return results.stream()
                .filter(result -> result.series().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double sum(ToDoubleFunction<Result> figure) {
        return results.stream().mapToDouble(figure).sum();
    }

    @Test
    void outsideTheWindowsHardlyAMinuteIsThrottled() {
        assertThat(sum(Result::judgedHours)).isGreaterThan(5_000);
        assertThat(sum(Result::hoursOutside)).isLessThan(0.1);
        assertThat(sum(Result::outside) / sum(Result::attempts)).isLessThan(0.0001);
    }

    /** A surge by more than the allowance's factor is met; the two that are not stay within it. */
    @Test
    void surgesAreMet() {
        assertThat(sum(result -> result.judged().size())).isEqualTo(6);
        assertThat(sum(Result::caught)).isEqualTo(4);
        assertThat(of("Twitter_volume_AAPL.csv").caught()).isEqualTo(2);
        assertThat(of("Twitter_volume_CRM.csv").caught()).isEqualTo(1);
        assertThat(of("Twitter_volume_FB.csv").caught()).isEqualTo(1);
    }

    @Test
    void lessThanUsualIsNoReason() {
        assertThat(of("art_daily_jumpsdown.csv").upward()).isEmpty();
        assertThat(of("art_daily_jumpsdown.csv").spans()).isEmpty();
    }

    @Test
    void theTableIsWhatWasFound() throws IOException {
        GeneratedFile.assertUpToDate(RealSeriesTest.class, "deploy/real-series.md", page());
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Real series

                Volume that nobody made up, from the [Numenta Anomaly Benchmark](https://github.com/numenta/NAB) (MIT): mentions of five companies,
                and two artificial days, each read as one sender's recipients per five minutes. The first half, two weeks at most, only teaches; then
                every reason is enforced under the default rules, and what is deferred comes back as Postfix's defaults have it (way what-if).

                The benchmark labels windows in which a series is unusual. Only a surge concerns a throttle: a window counts as *upward* when one of its
                hours is above every hour before it, and as *judged* when it begins after the learning. `RealSeriesTest` holds these figures; generated.

                | series | windows | upward | judged | throttled in | hours throttled in them | outside | of judged hours | deferred outside |
                |---|---|---|---|---|---|---|---|---|
                """);
        results.forEach(result -> page.append(row(result.series().name().replace(".csv", ""), List.of(result))));
        page.append(row("all", results));
        page.append("""

                The surge in `Twitter_volume_CVS` is of 44 recipients in five minutes, which even a newcomer may nearly send; that in `art_daily_jumpsup`
                doubles, and a sender may double. Neither is throttled, and neither should be.
                """);
        return page.toString();
    }

    private static String row(String name, List<Result> of) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %.1f | %.2f | %.0f | %d of %,d |%n",
                name,
                of.stream().mapToInt(one -> one.series().windows().size()).sum(),
                of.stream().mapToInt(one -> one.upward().size()).sum(),
                of.stream().mapToInt(one -> one.judged().size()).sum(),
                of.stream().mapToLong(Result::caught).sum(),
                of.stream().mapToDouble(Result::hoursWithin).sum(),
                of.stream().mapToDouble(Result::hoursOutside).sum(),
                of.stream().mapToDouble(Result::judgedHours).sum(),
                of.stream().mapToLong(Result::outside).sum(),
                of.stream().mapToLong(Result::attempts).sum());
    }
}
