package io.weir.demo;

import io.weir.config.CommonSettings;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What is said before and after the play. */
final class Programme {
    private static final Path DEFAULT_DATA = Path.of("data");

    private Programme() {}

    static void opening(Lines lines) {
        lines.plain(
                "Weir learns how much mail each address usually sends. When an address suddenly sends much more, the mail"
                        + " servers defer the excess (451, \"try again later\") until the pattern is normal again; a newcomer starts"
                        + " small and grows day by day.");
        lines.blank();
        lines.plain(
                "This demo makes up a site and its mail. All else is real: a Kafka broker, the engine that judges, the"
                        + " decision that mail servers make. What is printed was read from the topics and the engine's stores.");
        lines.blank();
    }

    static void broker(Lines lines, WeirConfig config, String servers) {
        lines.plain("broker   " + servers + ", data in "
                + config.dataDirectory().toAbsolutePath().normalize());
    }

    static void topics(Lines lines, WeirConfig config) {
        lines.plain("topics   events in " + TopicName.CONNECTIONS.in(config.namespace()) + ", verdicts in "
                + TopicName.VERDICTS.in(config.namespace()) + ", " + config.brokerPartitions()
                + " partitions, made afresh");
    }

    static void engine(Lines lines, WeirConfig config, Duration elapsed) {
        lines.plain(String.format(
                Locale.ROOT,
                "engine   %s judges, %.1f s after the start",
                config.applicationId(),
                elapsed.toMillis() / 1000.0));
    }

    static void closing(Lines lines, WeirConfig config, boolean keep) {
        lines.title(keep ? "Look around: the broker and the engine go on until Ctrl-C" : "What next");
        String where = data(config) + " --namespace " + config.namespace();
        if (!keep) {
            lines.plain("The demo has ended; its topics and stores stay where they are until the next one.");
            command(lines, "./weir up" + where, "starts broker and engine again, on the demo's data");
        }
        command(lines, "./weir senders 192.0.2.80", "what the engine knows of the office that was hijacked");
        command(lines, "./weir senders 203.0.113.10", "the newcomer on the ramp, and the days ahead of it");
        command(lines, "./weir verdicts --all" + servers(config), "every verdict there was");
        command(lines, "./weir replay FILE", "the same for the mail.log of your own Postfix");
    }

    private static void command(Lines lines, String command, String meaning) {
        lines.plain("  " + command);
        lines.plain("      " + meaning);
    }

    private static String data(WeirConfig config) {
        return config.dataDirectory().equals(DEFAULT_DATA)
                ? ""
                : " -D " + CommonSettings.DATA_DIR + "=" + config.dataDirectory();
    }

    private static String servers(WeirConfig config) {
        String namespace = " --namespace " + config.namespace();
        return config.bootstrapServers().equals(WeirConfig.of(Map.of()).bootstrapServers())
                ? namespace
                : " -D " + CommonSettings.BOOTSTRAP_SERVERS + "=" + config.bootstrapServers() + namespace;
    }
}
