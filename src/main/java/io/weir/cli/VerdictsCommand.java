package io.weir.cli;

import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.model.ClientAddress;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.serde.MalformedVerdictException;
import io.weir.serde.VerdictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "verdicts",
        description = {
            "Print the last verdict of each throttled client; with --follow those to come.",
            "Oldest first. Shadow verdicts are printed too, and say so; as do alarms about clients that a connector trusts, whose mail"
                    + " all passes."
        },
        footer = {
            "",
            "Examples:",
            "  weir verdicts",
            "  weir verdicts --follow --client 203.0.113.7",
            "  weir verdicts --all --json | jq .reason"
        })
final class VerdictsCommand extends ApiCommand {
    private static final Duration POLL = Duration.ofMillis(250);
    /** Each takes some 500 bytes. */
    private static final int MOST_CLIENTS = 500_000;

    private static final Comparator<Verdict> OLDEST_FIRST =
            Comparator.comparingLong(Verdict::decidedAtMs).thenComparing(Verdict::client);

    @Option(names = "--follow", description = "Go on printing every verdict as it comes, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--all",
            description = "Print every verdict that the topic still holds, releases included, as they come.")
    private boolean all;

    @Option(
            names = "--client",
            paramLabel = "CLIENT",
            description = "Only verdicts on this address (its sender or its network), sender or network.")
    private @Nullable String client;

    @Option(names = "--json", description = "Print the records themselves, one per line.")
    private boolean json;

    private Predicate<String> wanted = one -> true;

    VerdictsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws InterruptedException {
        if (client != null) {
            Predicate<String> isAsked = isOrHolds(SenderKey.withoutConnector(client));
            wanted = one -> isAsked.test(SenderKey.withoutConnector(one));
        }
        WeirConfig config = config();
        if (config.apiUrl().isPresent()) {
            ofApi(new ApiVerdicts(ApiClient.engine(config)));
            return ExitCode.DONE;
        }
        try (Cluster cluster = Cluster.reach(config)) {
            String topic = TopicName.VERDICTS.in(cluster.config().namespace());
            if (follow) {
                follow(cluster, topic);
            } else if (all) {
                cluster.read(topic, this::print);
            } else {
                printThrottled(cluster, topic);
            }
            return ExitCode.DONE;
        }
    }

    private void ofApi(ApiVerdicts verdicts) throws InterruptedException {
        if (all) {
            verdicts.newest().forEach(this::printWanted);
        }
        if (follow) {
            try (Lifetime.Hold hold = terminal().lifetime().hold()) {
                verdicts.follow(hold, this::printWanted);
            }
        } else if (!all) {
            List<Verdict> throttled = verdicts.throttled().stream()
                    .filter(verdict -> wanted.test(verdict.client()))
                    .toList();
            throttled.stream().sorted(OLDEST_FIRST).forEach(this::print);
            if (throttled.isEmpty()) {
                sayNobody();
            }
        }
    }

    private void printWanted(Verdict verdict) {
        if (wanted.test(verdict.client())) {
            print(verdict);
        }
    }

    private void sayNobody() {
        if (!json) {
            say(client == null ? "no client is throttled" : client + " is not throttled");
        }
    }

    private void follow(Cluster cluster, String topic) {
        List<TopicPartition> partitions = cluster.partitions(topic);
        try (Lifetime.Hold hold = terminal().lifetime().hold();
                KafkaConsumer<byte[], byte[]> consumer = cluster.consumer()) {
            consumer.assign(partitions);
            if (all) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
            }
            while (!hold.isOver()) {
                consumer.poll(POLL).forEach(this::print);
            }
        }
    }

    private void printThrottled(Cluster cluster, String topic) {
        Map<String, Verdict> last = new HashMap<>();
        cluster.read(topic, found -> {
            String key = key(found);
            Verdict verdict = wanted.test(key) ? verdict(found) : null;
            if (verdict == null || verdict.action() == Verdict.Action.ALLOW) {
                last.remove(key);
            } else {
                last.put(key, verdict);
                if (last.size() > MOST_CLIENTS) {
                    throw CommandException.failed(
                            "more than " + MOST_CLIENTS + " clients are throttled; --all prints without remembering");
                }
            }
        });
        last.values().stream().sorted(OLDEST_FIRST).forEach(this::print);
        if (last.isEmpty()) {
            sayNobody();
        }
    }

    private void print(ConsumerRecord<byte[], byte[]> found) {
        String key = key(found);
        if (!wanted.test(key)) {
            return;
        }
        Verdict verdict = verdict(found);
        if (verdict != null) {
            print(verdict);
        } else if (found.value() == null && !json) {
            say(VerdictText.forgotten(key, found.timestamp()));
        }
    }

    private void print(Verdict verdict) {
        say(
                json
                        ? new String(VerdictJson.write(verdict), StandardCharsets.UTF_8)
                        : VerdictText.line(verdict, terminal().clock().millis()));
    }

    /** Null for a tombstone, and for what cannot be understood, which is remarked on. */
    private @Nullable Verdict verdict(ConsumerRecord<byte[], byte[]> found) {
        if (found.value() == null) {
            return null;
        }
        try {
            return VerdictJson.read(found.value());
        } catch (MalformedVerdictException e) {
            remark(found.topic() + " partition " + found.partition() + " offset " + found.offset() + ": "
                    + e.getMessage());
            return null;
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> found) {
        return found.key() == null ? "" : new String(found.key(), StandardCharsets.UTF_8);
    }

    /** Whether a verdict's client is what was asked for, or the sender or network that it belongs to. */
    static Predicate<String> isOrHolds(String asked) {
        try {
            ClientAddress address = ClientAddress.parse(asked);
            return one -> one.equals(address.text())
                    || one.equals(address.sender().network())
                    || one.equals(senderAsLongAs(one, asked));
        } catch (IllegalArgumentException e) {
            if (asked.contains("/") || asked.startsWith("pool:")) {
                return one -> one.equals(asked);
            }
            throw CommandException.usage(
                    "--client '" + asked
                            + "' is neither an IP address nor a sender such as 2001:db8:1:2::/64 or pool:NAME",
                    e);
        }
    }

    /** The rules say how many bits make a sender, and a verdict's client shows what they said. */
    private static String senderAsLongAs(String sender, String address) {
        String bits = sender.substring(sender.lastIndexOf('/') + 1);
        boolean isPrefix = sender.contains(":") && bits.matches("4[89]|[5-9][0-9]|1[01][0-9]|12[0-8]");
        return isPrefix
                ? ClientAddress.parse(address, Integer.parseInt(bits)).sender().text()
                : "";
    }
}
