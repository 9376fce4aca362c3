package io.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Mode;
import io.weir.model.Verdict;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class VerdictJsonProperties {
    @Property
    void whatIsWrittenReadsBackButForTheFractionsLastDigits(@ForAll("verdicts") Verdict verdict) {
        byte[] written = VerdictJson.write(verdict);
        Verdict read = VerdictJson.read(written);
        assertThat(Schemas.problems(Schemas.VERDICT, Samples.text(written))).isEmpty();
        assertThat(VerdictJson.write(read)).isEqualTo(written);
        assertThat(read.admit()).isBetween(verdict.admit() - 0.00005001, verdict.admit() + 0.00005001);
        assertThat(withAdmit(read, 0)).isEqualTo(withAdmit(verdict, 0));
    }

    @Property
    void anyBytesAreReadOrRefusedAsMalformed(@ForAll @Size(max = 400) byte[] garbage) {
        assertReadOrMalformed(garbage);
    }

    @Property(tries = 5000)
    void aDamagedVerdictIsReadOrRefusedAsMalformed(
            @ForAll("verdicts") Verdict verdict, @ForAll int at, @ForAll byte damage) {
        byte[] bytes = VerdictJson.write(verdict);
        bytes[Math.floorMod(at, bytes.length)] = damage;
        assertReadOrMalformed(bytes);
    }

    private static void assertReadOrMalformed(byte[] bytes) {
        Verdict verdict;
        try {
            verdict = VerdictJson.read(bytes);
        } catch (MalformedVerdictException e) {
            assertThat(e.getMessage()).isNotEmpty().hasSizeLessThan(400);
            return;
        }
        byte[] written = VerdictJson.write(verdict);
        assertThat(VerdictJson.write(VerdictJson.read(written))).isEqualTo(written);
    }

    @Provide
    Arbitrary<Verdict> verdicts() {
        Arbitrary<String> clients = Arbitraries.of(
                "203.0.113.7", "203.0.113.7 via connector:hq", "2001:db8:1:2::/64", "203.0.113.0/24", "pool:ac me");
        return Combinators.combine(
                        clients,
                        Arbitraries.of(Verdict.Action.class),
                        Arbitraries.of(Mode.class),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.longs().between(1, 366L * 86_400_000),
                        Arbitraries.longs().greaterOrEqual(0),
                        clients.list().ofMaxSize(20))
                .as(VerdictJsonProperties::verdict);
    }

    private static Verdict verdict(
            String client, Verdict.Action action, Mode mode, double admit, long horizon, long n, List<String> exempt) {
        long time = n % 253_402_300_799_999L;
        return new Verdict(
                client, action, mode, admit, 451, "4.7.699", 510, "r", "CASE", horizon, n, n, n, exempt, time, time, n,
                "id");
    }

    private static Verdict withAdmit(Verdict v, double admit) {
        return new Verdict(
                v.client(),
                v.action(),
                v.mode(),
                admit,
                v.replyCode(),
                v.enhancedStatusCode(),
                v.as(),
                v.reason(),
                v.caseId(),
                v.horizonMs(),
                v.observed(),
                v.record(),
                v.allowance(),
                v.exempt(),
                v.decidedAtMs(),
                v.expiresAtMs(),
                v.seq(),
                v.rules());
    }
}
