package io.weir.engine;

import static io.weir.engine.TestEvents.NOON;
import static io.weir.engine.TestEvents.admitted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.broker.EmbeddedBroker;
import io.weir.http.FakeOperators;
import io.weir.http.FakeVerdicts;
import io.weir.http.Moment;
import io.weir.http.Served;
import io.weir.http.TestServers;
import io.weir.http.WeirServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two engines, each with its port, and what becomes of questions while one of them is away or comes back without its disk. */
@Timeout(180)
class RoutingIT {
    private static final int SENDERS = 24;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path dir;

    private EngineBed bed;

    /** An engine and its port. */
    private final class Member implements AutoCloseable {
        private final WeirServer server = TestServers.open();
        private final WeirEngine engine;

        Member(String name) {
            Map<String, String> settings = new HashMap<>(Map.of(
                    "http.advertised",
                    server.address(),
                    "engine.state.dir",
                    dir.resolve(name).toString(),
                    "engine.standby.replicas",
                    "1"));
            settings.put("streams.acceptable.recovery.lag", "0");
            settings.put("streams.probing.rebalance.interval.ms", "60000");
            engine = EngineBed.unstarted(bed.config(settings));
            engine.start();
            server.serve(new Served(
                    engine::state, engine.queries(), Moment.ofEvents(), new FakeOperators(), new FakeVerdicts()));
        }

        HttpResponse<String> get(String path) throws Exception {
            return CLIENT.send(
                    HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        JsonNode json(String path) throws Exception {
            return new ObjectMapper().readTree(get(path).body());
        }

        @Override
        public void close() {
            server.close();
            engine.close();
        }
    }

    @Test
    void anyEngineAnswersWhateverHappensToTheOther() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir.resolve("broker")))) {
            bed = new EngineBed(broker, "routing", dir, 4);
            try (Member one = new Member("one")) {
                Member two = new Member("two");
                try {
                    for (int i = 0; i < SENDERS; i++) {
                        bed.send(admitted(address(i), NOON + i, 70));
                    }
                    bed.awaitJudged(bed.config(Map.of()));
                    awaitSettled(one, two);
                    bothKnowAll(one, two);
                    copiesAnswerWhileTheOtherDoesNot(one, two);
                } finally {
                    two.close();
                }
                theOneTakesOver(one);
                try (Member anew = new Member("anew")) {
                    neverIsThereAFalse404(one, anew);
                }
            } finally {
                bed.close();
            }
        }
    }

    private static void awaitSettled(Member one, Member two) {
        Awaitility.await().atMost(EngineBed.PATIENCE).untilAsserted(() -> {
            JsonNode cluster = one.json("/v1/cluster");
            assertThat(cluster.path("instances")).hasSize(2);
            assertThat(cluster.path("unjudged")).isEmpty();
            assertThat(roles(cluster, "judges")).hasSize(4);
            assertThat(roles(cluster, "copies")).hasSize(4);
            assertThat(roles(one.json("/v1/cluster").at("/instances/0"), "judges"))
                    .hasSize(2);
            assertThat(roles(two.json("/v1/cluster").at("/instances/0"), "judges"))
                    .hasSize(2);
        });
    }

    private static void bothKnowAll(Member one, Member two) throws Exception {
        for (int i = 0; i < SENDERS; i++) {
            JsonNode here = one.json("/v1/senders/" + address(i));
            assertThat(here).isEqualTo(two.json("/v1/senders/" + address(i)));
            assertThat(here.path("standby").asBoolean()).isFalse();
            assertThat(here.path("asOfMs").asLong()).isGreaterThanOrEqualTo(NOON);
            assertThat(here.path("clock").asText()).isEqualTo("event");
        }
        assertThat(one.get("/v1/senders/192.0.2.1").statusCode()).isEqualTo(404);
        assertThat(two.get("/v1/senders/192.0.2.1").statusCode()).isEqualTo(404);
        for (int i = 0; i < 4; i++) {
            String caseId =
                    one.json("/v1/senders/" + address(i)).at("/throttle/case").asText();
            assertThat(one.get("/help/" + caseId).statusCode()).isEqualTo(200);
            assertThat(two.get("/help/" + caseId).statusCode()).isEqualTo(200);
        }
        assertThat(two.get("/help/AAAAAAAAAAAAAAAA").statusCode()).isEqualTo(404);
        assertThat(listed(one)).hasSize(SENDERS).isEqualTo(listed(two));
    }

    /** In pages of 5. */
    private static List<String> listed(Member member) throws Exception {
        List<String> clients = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = member.json("/v1/senders?throttled&limit=5&cursor=" + cursor);
            assertThat(page.path("complete").asBoolean()).isTrue();
            page.path("items").forEach(item -> clients.add(item.path("client").asText()));
            cursor = page.path("next").asText();
        } while (!cursor.isEmpty());
        assertThat(clients).doesNotHaveDuplicates();
        return clients;
    }

    /** As in the seconds before a killed engine is missed: it is in the group, and nobody answers at its port. */
    private static void copiesAnswerWhileTheOtherDoesNot(Member one, Member two) throws Exception {
        Awaitility.await()
                .atMost(EngineBed.PATIENCE)
                .untilAsserted(
                        () -> assertThat(stateLags(one.json("/v1/cluster"))).containsOnly(0L));
        two.server.close();
        int copies = 0;
        for (int i = 0; i < SENDERS; i++) {
            JsonNode answer = one.json("/v1/senders/" + address(i));
            assertThat(answer.path("throttle").path("reason").asText()).isEqualTo("newcomer-volume");
            if (answer.path("standby").asBoolean()) {
                assertThat(answer.path("lag").asLong()).isZero();
                copies++;
            }
        }
        assertThat(copies).isBetween(1, SENDERS - 1);
        for (int i = 0; i < 6; i++) {
            String caseId =
                    one.json("/v1/senders/" + address(i)).at("/throttle/case").asText();
            assertThat(one.get("/help/" + caseId).statusCode()).isEqualTo(200);
        }
        assertThat(one.get("/help/AAAAAAAAAAAAAAAA").statusCode()).isEqualTo(404);
        JsonNode page = one.json("/v1/senders?throttled&limit=1000");
        assertThat(page.path("items")).hasSize(SENDERS);
        assertThat(page.path("complete").asBoolean()).isTrue();
        assertThat(page.path("standby").asBoolean()).isTrue();
        assertThat(one.json("/v1/cluster").at("/instances/1/state").asText()).isEqualTo("unreachable");
    }

    private static void theOneTakesOver(Member one) {
        Awaitility.await().atMost(EngineBed.PATIENCE).untilAsserted(() -> {
            for (int i = 0; i < SENDERS; i++) {
                HttpResponse<String> answer = one.get("/v1/senders/" + address(i));
                assertThat(answer.statusCode()).as(answer.body()).isIn(200, 503);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("\"standby\":false");
            }
        });
    }

    /** From the first moment until all is in order again: an answer, or later. */
    private static void neverIsThereAFalse404(Member one, Member anew) throws Exception {
        long deadline = System.nanoTime() + EngineBed.PATIENCE.toNanos();
        TreeSet<Integer> statuses = new TreeSet<>();
        boolean isSettled = false;
        for (int i = 0; !isSettled && System.nanoTime() < deadline; i++) {
            for (Member member : List.of(one, anew)) {
                long begin = System.nanoTime();
                HttpResponse<String> answer = member.get("/v1/senders/" + address(i % SENDERS));
                assertThat(answer.statusCode()).as(answer.body()).isIn(200, 503);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
                statuses.add(answer.statusCode());
            }
            JsonNode cluster = anew.json("/v1/cluster");
            isSettled = roles(cluster, "judges").size() == 4
                    && roles(cluster, "copies").size() == 4
                    && cluster.path("unjudged").isEmpty();
        }
        assertThat(isSettled).isTrue();
        assertThat(statuses).contains(200);
        for (int i = 0; i < SENDERS; i++) {
            assertThat(anew.get("/v1/senders/" + address(i)).statusCode()).isEqualTo(200);
        }
    }

    private static List<Integer> roles(JsonNode of, String role) {
        List<Integer> found = new ArrayList<>();
        of.findValues("partitions")
                .forEach(partitions -> partitions.forEach(one -> {
                    if (one.path("role").asText().equals(role)) {
                        found.add(one.path("partition").asInt());
                    }
                }));
        return found;
    }

    private static List<Long> stateLags(JsonNode cluster) {
        List<Long> lags = new ArrayList<>();
        cluster.path("instances")
                .forEach(instance -> instance.path("partitions")
                        .forEach(one -> lags.add(one.path("stateLag").asLong(-1))));
        return lags;
    }

    private static String address(int i) {
        return "203.0." + i + ".7";
    }
}
