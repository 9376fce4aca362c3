package io.weir.cli;

import io.weir.config.TopicName;
import io.weir.model.Amendment;
import io.weir.replay.LineReader;
import io.weir.serde.EventJson;
import io.weir.serde.MalformedEventException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "amend",
        description = {
            "Tell what became known later about mail that was accepted: it was spam, or it was rejected after all.",
            "FILE has one JSON object on each line: clientAddress (or pool), refTimeMs (when the mail came, milliseconds since the epoch), and"
                    + " spam, rejected or both (recipients). The engine takes them off that day's volume, so that spam earns no record. A line"
                    + " that is no good is named and left out. A line that is sent twice counts twice."
        },
        footer = {
            "",
            "Examples:",
            "  weir amend spam-reports.jsonl",
            "  echo '{\"clientAddress\":\"203.0.113.7\",\"refTimeMs\":1795503060123,\"spam\":3}' | weir amend -"
        })
final class AmendCommand extends Command {
    private static final String STANDARD_INPUT = "-";
    /** Lines that are named; further ones are only counted. */
    private static final int MOST_COMPLAINTS = 20;
    /** Records that are sent and not yet confirmed. */
    private static final int MOST_UNDER_WAY = 1_000;

    @Parameters(paramLabel = "FILE", description = "Lines of JSON; '-' is standard input.")
    private String file = "";

    private int bad;

    AmendCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws IOException, InterruptedException {
        if (!file.equals(STANDARD_INPUT) && !Files.isRegularFile(Path.of(file))) {
            throw CommandException.usage("there is no file " + file);
        }
        try (Cluster cluster = Cluster.reach(config())) {
            long now = new ControlRecords(cluster).nowMs(terminal().clock());
            String topic = TopicName.CONNECTIONS.in(cluster.config().namespace());
            cluster.partitions(topic); // refuses by name when it is not there
            int written = write(cluster, topic, now);
            say(written + " amendments written, " + bad + " lines left out");
            return bad == 0 ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private int write(Cluster cluster, String topic, long now) throws IOException, InterruptedException {
        List<Future<RecordMetadata>> answers = new ArrayList<>();
        int written = 0;
        EventJson json = new EventJson();
        try (InputStream in = file.equals(STANDARD_INPUT) ? System.in : new FileInputStream(file);
                KafkaProducer<byte[], byte[]> producer = cluster.producer(Map.of())) {
            LineReader lines = new LineReader(in);
            int number = 0;
            for (String line = lines.next(); line != null; line = lines.next()) {
                number++;
                Amendment amendment = line.isBlank() ? null : read(json, line, lines.tooLong(), number, now);
                if (amendment != null) {
                    byte[] key = amendment.sender().network().getBytes(StandardCharsets.UTF_8);
                    answers.add(producer.send(new ProducerRecord<>(topic, null, now, key, json.write(amendment))));
                }
                if (answers.size() == MOST_UNDER_WAY) {
                    written += settled(answers);
                }
            }
            return written + settled(answers);
        }
    }

    private static int settled(List<Future<RecordMetadata>> answers) throws InterruptedException {
        int count = answers.size();
        for (Future<RecordMetadata> answer : answers) {
            try {
                var unused = answer.get();
            } catch (ExecutionException e) {
                Throwable reason = e.getCause() == null ? e : e.getCause();
                throw CommandException.failed("not all amendments were written: " + reason.getMessage(), e);
            }
        }
        answers.clear();
        return count;
    }

    /** Null when the line is no good. */
    private @Nullable Amendment read(EventJson json, String line, boolean isTooLong, int number, long now) {
        String problem;
        try {
            Amendment amendment = isTooLong ? null : AmendmentLine.read(json, line, RulesUpdate.author(), now);
            if (amendment != null) {
                return amendment;
            }
            problem = "a line may have " + LineReader.MAX_LINE_BYTES + " bytes";
        } catch (MalformedEventException e) {
            problem = String.valueOf(e.getMessage());
        }
        bad++;
        if (bad <= MOST_COMPLAINTS) {
            remark("line " + number + ": " + problem);
        }
        return null;
    }
}
