package io.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.model.Verdict;
import io.weir.operator.RecordsJson;
import io.weir.operator.VerdictFeed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Verdicts, over HTTP. */
final class ApiVerdicts {
    private static final String DATA = "data: ";
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int PAGE = 1_000;

    private final ApiClient engine;

    ApiVerdicts(ApiClient engine) {
        this.engine = engine;
    }

    /**
     * The last verdict of each throttled client, and of each about which there is an alarm.
     *
     * @throws CommandException when a part of them is not known at the moment
     */
    List<Verdict> throttled() throws InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        for (String what : List.of("throttled", "alarms")) {
            String cursor = "";
            do {
                JsonNode page = get("/v1/senders?" + what + "&limit=" + PAGE + "&cursor=" + cursor);
                if (!page.path("complete").asBoolean()) {
                    throw CommandException.unreachable("nobody tells of the partitions "
                            + page.path("missingPartitions") + " at the moment; try again");
                }
                for (JsonNode item : page.path("items")) {
                    if (item.path("verdict") instanceof ObjectNode verdict) {
                        verdicts.add(RecordsJson.verdict(verdict));
                    }
                }
                cursor = page.path("next").asText();
            } while (!cursor.isEmpty());
        }
        return verdicts;
    }

    /** Those that the engine keeps, oldest first. */
    List<Verdict> newest() throws InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        for (JsonNode one : get("/v1/verdicts?limit=" + VerdictFeed.MOST).path("verdicts")) {
            verdicts.add(RecordsJson.verdict((ObjectNode) one));
        }
        return verdicts;
    }

    /** Hands over those to come until it is over; a broken stream is begun anew. */
    void follow(Lifetime.Hold hold, Consumer<Verdict> sink) throws InterruptedException {
        while (!hold.isOver()) {
            InputStream stream = engine.stream("/v1/verdicts/stream", "text/event-stream");
            Thread closing = new Thread(() -> closeWhenOver(hold, stream), "end-of-stream");
            closing.setDaemon(true);
            closing.start();
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith(DATA)
                            && ApiClient.json(line.substring(DATA.length())) instanceof ObjectNode verdict) {
                        sink.accept(RecordsJson.verdict(verdict));
                    }
                }
            } catch (IOException e) {
                // It was closed, or broke: the next one, if any, says what is wrong.
            } finally {
                closing.interrupt();
            }
            if (!hold.isOver()) {
                Thread.sleep(PAUSE.toMillis());
            }
        }
    }

    /** Reading waits for as long as nothing comes, and heeds nothing else. */
    private static void closeWhenOver(Lifetime.Hold hold, InputStream stream) {
        try {
            hold.awaitOver();
            stream.close();
        } catch (IOException e) {
            // Then it is closed.
        }
    }

    private JsonNode get(String path) throws InterruptedException {
        return ApiClient.json(engine.ask("GET", path));
    }
}
