package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.engine.Answer;
import io.weir.engine.CaseLookup;
import io.weir.engine.EngineAddress;
import io.weir.engine.EngineReport;
import io.weir.engine.EngineState;
import io.weir.engine.Queries;
import io.weir.engine.SenderFacts;
import io.weir.engine.ThrottledFilter;
import io.weir.engine.ThrottledSenders;
import io.weir.model.SenderKey;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two ports of one site, of which each may send the other who asks. */
@Timeout(30)
class RoutingTest {
    private final WeirServer one = TestServers.open();
    private final WeirServer other = TestServers.open();

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    /** An engine that knows what {@link FakeQueries} do, or says who else does. */
    private static class Elsewhere extends FakeQueries {
        private final AtomicInteger asked = new AtomicInteger();
        private final List<EngineAddress> engines;
        private final boolean hasCopy;

        Elsewhere(boolean hasCopy, EngineAddress... engines) {
            this.hasCopy = hasCopy;
            this.engines = List.of(engines);
        }

        @Override
        public Answer<SenderFacts> sender(SenderKey sender) {
            asked.incrementAndGet();
            return new Answer.Remote<>(engines);
        }

        @Override
        public Queries here() {
            FakeQueries known = new FakeQueries() {
                @Override
                public Answer<SenderFacts> sender(SenderKey sender) {
                    asked.incrementAndGet();
                    if (!hasCopy) {
                        return new Answer.Unavailable<>("nobody has it", Duration.ofSeconds(1));
                    }
                    Answer.Local<SenderFacts> local = (Answer.Local<SenderFacts>) super.sender(sender);
                    return new Answer.Local<>(local.value(), true, 5);
                }
            };
            return known;
        }

        @Override
        public List<EngineAddress> others() {
            return engines;
        }
    }

    @Test
    void whoeverIsAskedTheAnswerIsThatOfWhoJudges() throws Exception {
        one.serve(TestServers.engine(new Elsewhere(false, address(other))));
        other.serve(TestServers.engine(new FakeQueries()));

        Asked asked = Asked.get(one, "/v1/senders/" + FakeQueries.KNOWN);
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.json())
                .isEqualTo(Asked.get(other, "/v1/senders/" + FakeQueries.KNOWN).json());
        assertThat(asked.json().path("standby").asBoolean()).isFalse();
        Asked unknown = Asked.get(one, "/v1/senders/203.0.113.99");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void aQuestionGoesOneHopAndNoFurther() throws Exception {
        Elsewhere first = new Elsewhere(false, address(other));
        Elsewhere second = new Elsewhere(false, address(one));
        one.serve(TestServers.engine(first));
        other.serve(TestServers.engine(second));

        Asked asked = Asked.get(one, "/v1/senders/" + FakeQueries.KNOWN);
        assertThat(asked.status()).isEqualTo(503);
        assertThat(asked.header("Retry-After")).isEqualTo("1");
        // Asked, and then asked for a copy.
        assertThat(first.asked).hasValue(2);
        assertThat(second.asked).hasValue(1);
    }

    @Test
    void whileWhoJudgesIsAwayACopyAnswersAndSaysHowOldItIs() throws Exception {
        one.serve(TestServers.engine(new Elsewhere(true, new EngineAddress("127.0.0.1", 1))));
        JsonNode here = Asked.get(one, "/v1/senders/" + FakeQueries.KNOWN).json();
        assertThat(here.path("standby").asBoolean()).isTrue();
        assertThat(here.path("lag").asLong()).isEqualTo(5);
        assertThat(here.path("standing").asText()).isEqualTo("newcomer");

        other.serve(TestServers.engine(new Elsewhere(false, new EngineAddress("127.0.0.1", 1), address(one))));
        JsonNode elsewhere =
                Asked.get(other, "/v1/senders/" + FakeQueries.KNOWN).json();
        assertThat(elsewhere.path("standby").asBoolean()).isTrue();
    }

    /** What the copy does not know may have come after it. */
    @Test
    void aCopyThatLagsNeverSaysThatThereIsNothing() throws Exception {
        one.serve(TestServers.engine(new Elsewhere(true, new EngineAddress("127.0.0.1", 1))));
        Asked asked = Asked.get(one, "/v1/senders/203.0.113.99");
        assertThat(asked.status()).isEqualTo(503);
        assertThat(asked.header("Retry-After")).isNotEmpty();
    }

    @Test
    void whoDoesNotAnswerAtAllCostsBoundedTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50)) {
            EngineAddress deaf = new EngineAddress("127.0.0.1", silent.getLocalPort());
            one.serve(TestServers.engine(new Elsewhere(false, deaf, deaf, deaf, deaf, deaf)));
            long begin = System.nanoTime();
            assertThat(Asked.get(one, "/v1/senders/" + FakeQueries.KNOWN).status())
                    .isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
        }
    }

    @Test
    void anEngineOfAnotherSiteIsNotBelieved() throws Exception {
        other.serve(TestServers.engine(new FakeQueries()));
        Asked forged = Asked.send(
                other,
                "GET",
                "/v1/peer/report",
                null,
                Map.of("Authorization", "Bearer peer_" + "0".repeat(64), Peers.FORWARDED_BY, "engine"));
        assertThat(forged.status()).isEqualTo(401);
    }

    @Test
    void aListIsPutTogetherFromAllEnginesAndSaysWhatIsMissing() throws Exception {
        one.serve(TestServers.engine(new OnePartition(0, address(other))));
        other.serve(TestServers.engine(new OnePartition(1, address(one))));

        JsonNode whole = Asked.get(one, "/v1/senders?throttled").json();
        assertThat(whole.path("items")).hasSize(2);
        assertThat(whole.path("complete").asBoolean()).isTrue();
        JsonNode first = Asked.get(other, "/v1/senders?throttled&limit=1").json();
        assertThat(first.at("/items/0/client").asText()).isEqualTo("10.0.0.0");
        JsonNode second = Asked.get(
                        other,
                        "/v1/senders?throttled&limit=1&cursor="
                                + first.path("next").asText())
                .json();
        assertThat(second.at("/items/0/client").asText()).isEqualTo("10.0.0.1");
        assertThat(second.path("next").asText()).isEmpty();

        other.close();
        JsonNode half = Asked.get(one, "/v1/senders?throttled").json();
        assertThat(half.path("items")).hasSize(1);
        assertThat(half.path("complete").asBoolean()).isFalse();
        assertThat(half.at("/missingPartitions/0").asInt()).isEqualTo(1);
        JsonNode cluster = Asked.get(one, "/v1/cluster").json();
        assertThat(cluster.at("/instances/1/state").asText()).isEqualTo("unreachable");
        assertThat(cluster.at("/unjudged/0").asInt()).isEqualTo(1);
    }

    @Test
    void aCaseIsFoundWhereverItIs() throws Exception {
        one.serve(TestServers.engine(new OneOfTwoForCases(0, false, address(other))));
        other.serve(TestServers.engine(new OneOfTwoForCases(1, true, address(one))));
        String path = "/help/" + new FakeQueries().verdict().caseId();

        Asked there = Asked.get(other, path);
        Asked asked = Asked.get(one, path);
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.response().body()).contains("300 to 500 recipients tried");
        assertThat(asked.response().body()).isEqualTo(there.response().body());
        assertThat(Asked.send(one, "GET", path, null, Map.of("X-Forwarded-For", FakeQueries.KNOWN))
                        .response()
                        .body())
                .contains("400 recipients tried");
        assertThat(Asked.get(one, "/help/AAAAAAAAAAAAAAAA").status()).isEqualTo(404);

        other.close();
        assertThat(Asked.get(one, path).status()).isEqualTo(503);
        assertThat(Asked.get(one, "/help/AAAAAAAAAAAAAAAA").status()).isEqualTo(503);
    }

    @Test
    void casesBetweenEnginesAreForEnginesAlone() throws Exception {
        one.serve(TestServers.engine(new FakeQueries()));
        assertThat(Asked.get(
                                one,
                                "/v1/peer/cases/" + new FakeQueries().verdict().caseId())
                        .status())
                .isEqualTo(401);
    }

    /** Judges one of two partitions, which has the case or not. */
    private static final class OneOfTwoForCases extends FakeQueries {
        private final int partition;
        private final boolean hasIt;
        private final EngineAddress other;

        OneOfTwoForCases(int partition, boolean hasIt, EngineAddress other) {
            this.partition = partition;
            this.hasIt = hasIt;
            this.other = other;
        }

        @Override
        public List<EngineAddress> others() {
            return List.of(other);
        }

        @Override
        public Answer<CaseLookup> caseOf(String caseId) {
            CaseLookup known = ((Answer.Local<CaseLookup>) super.caseOf(hasIt ? caseId : "")).value();
            return Answer.Local.judged(
                    new CaseLookup(known.found(), known.rules(), known.newestMs(), List.of(partition), 2));
        }
    }

    /** Judges one of two partitions, with one sender throttled. */
    private static final class OnePartition extends FakeQueries {
        private final int partition;
        private final EngineAddress other;

        OnePartition(int partition, EngineAddress other) {
            this.partition = partition;
            this.other = other;
        }

        @Override
        public Queries here() {
            return this;
        }

        @Override
        public List<EngineAddress> others() {
            return List.of(other);
        }

        @Override
        public Answer<ThrottledSenders> throttled(ThrottledFilter filter, String after, int limit) {
            String position = String.format("%04x-01", partition);
            var known = ((Answer.Local<ThrottledSenders>) super.throttled(filter, "", limit))
                    .value()
                    .parts()
                    .get(0)
                    .senders()
                    .get(0);
            var sender = new ThrottledSenders.Sender(position, "10.0.0." + partition, known.inForce(), known.verdict());
            List<ThrottledSenders.Sender> found = position.compareTo(after) > 0 ? List.of(sender) : List.of();
            return Answer.Local.judged(new ThrottledSenders(
                    List.of(new ThrottledSenders.Part(partition, false, 0, NOW_MS, found, "")), 2));
        }

        @Override
        public EngineReport report() {
            return new EngineReport(
                    new EngineAddress("127.0.0.1", 1000 + partition),
                    EngineState.READY,
                    List.of(new EngineReport.Partition(partition, false, false, 0, 0, NOW_MS)),
                    2);
        }
    }

    private static EngineAddress address(WeirServer server) {
        return new EngineAddress("127.0.0.1", server.port());
    }
}
