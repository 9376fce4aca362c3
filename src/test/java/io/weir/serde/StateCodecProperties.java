package io.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Gap;
import io.weir.model.Outcome;
import io.weir.throttle.Controls;
import io.weir.throttle.Judgement;
import io.weir.throttle.Rules;
import io.weir.throttle.SenderState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

class StateCodecProperties {
    private final StateCodec codec = new StateCodec();

    /** What an edge reports, {@code afterMs} after the last; late when negative. */
    record Report(long afterMs, Outcome outcome, int recipients, int retries, int wouldDefer, boolean nullSender) {}

    /** Real states, all along the way: late events, idle months, bounces, throttles and their release, gaps. */
    @Property(tries = 300)
    void whatTheJudgementMakesReadsBackEqual(
            @ForAll("reports") List<Report> reports, @ForAll boolean learning, @ForAll boolean gap) {
        Traffics sent = new Traffics(controls(learning, gap));
        long atMs = Traffics.MONDAY_MS;
        for (Report report : reports) {
            atMs = Math.max(0, atMs + report.afterMs());
            Judgement judged = sent.send(
                    atMs,
                    report.outcome(),
                    report.recipients(),
                    report.retries(),
                    report.wouldDefer(),
                    report.nullSender());
            assertReadsBackEqual(Objects.requireNonNull(judged.sender()));
            for (Judgement.OfNetwork network : judged.networks()) {
                byte[] written = codec.write(network.state());
                assertThat(codec.readNetwork(written)).isEqualTo(network.state());
                assertThat(codec.write(codec.readNetwork(written))).isEqualTo(written);
            }
            for (Judgement.ClosedDay closed : judged.closedDays()) {
                assertThat(codec.readDay(codec.writeDay(closed.hours()))).isEqualTo(closed.hours());
            }
        }
    }

    private void assertReadsBackEqual(SenderState state) {
        byte[] written = codec.write(state);
        SenderState read = codec.readSender(written);
        assertThat(read).isEqualTo(state);
        assertThat(read.traffic().counts()).isEqualTo(state.traffic().counts());
        assertThat(codec.write(read)).isEqualTo(written);
    }

    private static Controls controls(boolean learning, boolean gap) {
        long end = Traffics.MONDAY_MS + 10 * Traffics.DAY_MS;
        Rules rules = Rules.of(learning ? Map.of("learn.until.ms", Long.toString(end)) : Map.of());
        return new Controls(rules, gap ? new Gap("mx1", end, end - Traffics.DAY_MS, end) : null);
    }

    @Property(tries = 20_000)
    void damagedBytesAreReadOrRefused(
            @ForAll("samples") byte[] sample, @ForAll int at, @ForAll byte damage, @ForAll int cut) {
        byte[] bytes = sample.clone();
        bytes[1 + Math.floorMod(at, bytes.length - 1)] = damage;
        assertReadOrRefused(bytes);
        assertReadOrRefused(Arrays.copyOf(bytes, Math.floorMod(cut, bytes.length)));
        assertReadOrRefused(Arrays.copyOf(bytes, bytes.length + 3));
    }

    @Property(tries = 5_000)
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 200) byte[] garbage) {
        assertReadOrRefused(garbage);
        if (garbage.length > 0) {
            byte[] known = garbage.clone();
            known[0] = StateCodec.VERSION;
            assertReadOrRefused(known);
        }
    }

    /** What is read can be written; what cannot be read is told by this one exception and no other. */
    private void assertReadOrRefused(byte[] bytes) {
        readOrRefuse(bytes, codec::readSender, codec::write);
        readOrRefuse(bytes, codec::readNetwork, codec::write);
        readOrRefuse(bytes, codec::readControls, codec::write);
        readOrRefuse(bytes, codec::readDay, codec::writeDay);
    }

    private static <T> void readOrRefuse(byte[] bytes, Function<byte[], T> read, Function<T, byte[]> write) {
        T value;
        try {
            value = read.apply(bytes);
        } catch (StateFormatException refused) {
            assertThat(refused).hasMessageStartingWith("the stored ");
            return;
        }
        assertThat(write.apply(value)).isNotEmpty();
    }

    @Provide
    Arbitrary<byte[]> samples() {
        return Arbitraries.of(List.of(
                codec.write(StateSamples.ONE_SHOT),
                codec.write(StateSamples.FULL),
                codec.write(StateSamples.NETWORK),
                codec.write(StateSamples.CONTROLS),
                codec.writeDay(StateSamples.HOURS)));
    }

    @Provide
    Arbitrary<List<Report>> reports() {
        Arbitrary<Long> after = Arbitraries.frequencyOf(
                Tuple.of(10, Arbitraries.longs().between(0, 60_000)),
                Tuple.of(4, Arbitraries.longs().between(0, 5 * Traffics.HOUR_MS)),
                Tuple.of(2, Arbitraries.longs().between(0, 3 * Traffics.DAY_MS)),
                Tuple.of(1, Arbitraries.longs().between(0, 500 * Traffics.DAY_MS)),
                Tuple.of(1, Arbitraries.longs().between(-2 * Traffics.DAY_MS, 0)));
        Arbitrary<Integer> recipients = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(1, 100)),
                Tuple.of(1, Arbitraries.integers().between(1, 1_000_000)));
        Arbitrary<Double> part = Arbitraries.of(0.0, 0.0, 0.3, 1.0);
        return Combinators.combine(
                        after,
                        Arbitraries.of(Outcome.class),
                        recipients,
                        part,
                        part,
                        Arbitraries.of(false, false, true))
                .as((afterMs, outcome, count, retries, deferred, nullSender) -> new Report(
                        afterMs, outcome, count, (int) (retries * count), (int) (deferred * count), nullSender))
                .list()
                .ofMinSize(1)
                .ofMaxSize(120);
    }
}
