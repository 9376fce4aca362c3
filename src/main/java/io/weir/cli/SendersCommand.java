package io.weir.cli;

import io.weir.model.ClientAddress;
import io.weir.model.SenderKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "senders",
        description = {
            "Ask a running engine what it knows of a sender.",
            "Its record, what it may send now, the days ahead, and the throttle in force with its reason and what to do about it. What it"
                    + " sends by a connector is kept apart, and shown so."
        },
        footer = {
            "",
            "Examples:",
            "  weir senders 203.0.113.7",
            "  weir senders 2001:db8::25 --url http://engine2.example.org:8451 --json"
        })
final class SendersCommand extends Command {
    private static final String POOL = "pool:";

    @Parameters(
            paramLabel = "ADDRESS",
            description = "An IPv4 or IPv6 address, a sender as verdicts name it, or pool:NAME.")
    private String address = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the engine answers; by default http://, http.host and http.port.")
    private @Nullable String url;

    @Option(names = "--json", description = "Print the answer as the engine gives it.")
    private boolean json;

    SendersCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws InterruptedException {
        requireSender();
        ApiClient engine = new ApiClient(config(), url, "engine", null);
        String answer = engine.ask("GET", "/v1/senders/" + URLEncoder.encode(address, StandardCharsets.UTF_8));
        say(json ? answer : SenderText.of(ApiClient.json(answer)));
        return ExitCode.DONE;
    }

    /** The engine would refuse it too, but a slip of the pen needs no engine to be told. */
    private void requireSender() {
        address = SenderKey.withoutConnector(address);
        try {
            if (address.startsWith(POOL)) {
                SenderKey.pool(address.substring(POOL.length()));
            } else {
                // A verdict names an IPv6 sender by its prefix; any of its addresses leads to it.
                address = address.replaceFirst("(?<=:)/\\d{1,3}$", "");
                ClientAddress.parse(address);
            }
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(e.getMessage() + "; give an IPv4 or IPv6 address, or pool:NAME", e);
        }
    }
}
