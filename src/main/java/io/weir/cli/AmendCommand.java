package io.weir.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.config.TopicName;
import io.weir.model.Amendment;
import io.weir.replay.log.LineReader;
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
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "amend",
        description = {
            "Tell what became known later about mail that was accepted: it was spam, or it was rejected after all.",
            "Each FILE has one JSON object on each line: clientAddress (or pool), when the mail came (refTime such as 2026-11-24T02:10Z, or"
                    + " refTimeMs, milliseconds since the epoch), and spam, rejected or both (recipients). The engine takes them off that"
                    + " day's volume, so that spam earns no record. A line that is no good is named and left out. A line that is sent twice"
                    + " counts twice."
        },
        footer = {
            "",
            "Examples:",
            "  weir amend spam-reports.jsonl",
            "  weir amend --address 203.0.113.7 --at 2026-11-24T02:10Z --spam 3",
            "  echo '{\"clientAddress\":\"203.0.113.7\",\"refTimeMs\":1795503060123,\"spam\":3}' | weir amend -"
        })
final class AmendCommand extends Command {
    private static final String STANDARD_INPUT = "-";
    /** Lines that are named; further ones are only counted. */
    private static final int MOST_COMPLAINTS = 20;
    /** Records that are sent and not yet confirmed. */
    private static final int MOST_UNDER_WAY = 1_000;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Lines of JSON; '-' is standard input.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--address", paramLabel = "ADDRESS", description = "Instead of a FILE: whose mail it was.")
    private @Nullable String address;

    @Option(names = "--at", paramLabel = "TIME", description = "When the mail came, such as 2026-11-24T02:10Z.")
    private @Nullable String at;

    @Option(names = "--spam", paramLabel = "COUNT", description = "Recipients of it that turned out to be spam.")
    private int spam;

    @Option(names = "--rejected", paramLabel = "COUNT", description = "Recipients of it that were rejected after all.")
    private int rejected;

    private final EventJson json = new EventJson();
    private final List<Future<RecordMetadata>> underWay = new ArrayList<>();
    private int written;
    private int bad;

    AmendCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws IOException, InterruptedException {
        if (files.isEmpty() == (address == null)) {
            throw CommandException.usage("give either FILE or --address");
        }
        if (address != null && at == null) {
            throw CommandException.usage("--address needs --at");
        }
        for (String file : files) {
            if (!file.equals(STANDARD_INPUT) && !Files.isRegularFile(Path.of(file))) {
                throw CommandException.usage("there is no file " + file);
            }
        }
        try (Cluster cluster = Cluster.reach(config())) {
            long now = new ControlRecords(cluster).nowMs(terminal().clock());
            String topic = TopicName.CONNECTIONS.in(cluster.config().namespace());
            cluster.partitions(topic); // refuses by name when it is not there
            try (KafkaProducer<byte[], byte[]> producer = cluster.producer(Map.of())) {
                write(
                        record -> producer.send(new ProducerRecord<>(
                                topic,
                                null,
                                now,
                                record.sender().network().getBytes(StandardCharsets.UTF_8),
                                json.write(record))),
                        now);
                settle();
            }
            say(written + " amendments written, " + bad + " lines left out");
            return bad == 0 ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private void write(Function<Amendment, Future<RecordMetadata>> topic, long now)
            throws IOException, InterruptedException {
        if (address != null) {
            underWay.add(topic.apply(given(address, now)));
        }
        for (String file : files) {
            try (InputStream in = file.equals(STANDARD_INPUT) ? System.in : new FileInputStream(file)) {
                write(topic, file, new LineReader(in), now);
            }
        }
    }

    private Amendment given(String client, long now) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("clientAddress", client).put("refTime", at).put("spam", spam).put("rejected", rejected);
        try {
            return AmendmentLine.checked(json, record, RulesUpdate.author(), now);
        } catch (MalformedEventException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()), e);
        }
    }

    private void write(Function<Amendment, Future<RecordMetadata>> topic, String file, LineReader lines, long now)
            throws IOException, InterruptedException {
        int number = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            number++;
            Amendment amendment = line.isBlank() ? null : read(line, lines.tooLong(), file + " line " + number, now);
            if (amendment != null) {
                underWay.add(topic.apply(amendment));
            }
            if (underWay.size() == MOST_UNDER_WAY) {
                settle();
            }
        }
    }

    private void settle() throws InterruptedException {
        for (Future<RecordMetadata> answer : underWay) {
            try {
                var unused = answer.get();
                written++;
            } catch (ExecutionException e) {
                Throwable reason = e.getCause() == null ? e : e.getCause();
                throw CommandException.failed(
                        "not all amendments were written, only the first " + written + ": " + reason.getMessage(), e);
            }
        }
        underWay.clear();
    }

    /** Null when the line is no good. */
    private @Nullable Amendment read(String line, boolean isTooLong, String where, long now) {
        try {
            if (isTooLong) {
                throw new MalformedEventException("a line may have " + LineReader.MAX_LINE_BYTES + " bytes");
            }
            return AmendmentLine.read(json, line, RulesUpdate.author(), now);
        } catch (MalformedEventException e) {
            bad++;
            if (bad <= MOST_COMPLAINTS) {
                remark(where + ": " + e.getMessage());
            }
            return null;
        }
    }
}
