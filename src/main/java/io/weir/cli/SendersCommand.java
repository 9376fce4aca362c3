package io.weir.cli;

import io.weir.model.ClientAddress;
import io.weir.model.NetworkKey;
import io.weir.model.SenderKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "senders",
        description = {
            "Ask a running engine what it knows of a sender, or of a network's newcomers.",
            "Its record, what it may send now, the days ahead, and the throttle in force with its reason and what to do about it. What it"
                    + " sends by a connector is kept apart, and shown so."
        },
        footer = {
            "",
            "Examples:",
            "  weir senders 203.0.113.7",
            "  weir senders 203.0.113.0/24",
            "  weir senders 2001:db8::25 --api https://engine2.example.org:8451 --token-file token --json"
        })
final class SendersCommand extends ApiCommand {
    private static final String POOL = "pool:";

    @Parameters(
            paramLabel = "ADDRESS",
            description =
                    "An IPv4 or IPv6 address, a sender as verdicts name it, pool:NAME, or a network: an IPv4 /24, an IPv6 /56 or /48.")
    private String address = "";

    @Option(names = "--json", description = "Print the answer as the engine gives it.")
    private boolean json;

    SendersCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws InterruptedException {
        ApiClient engine = ApiClient.engine(config());
        if (isNetwork()) {
            String answer = engine.ask("GET", "/v1/networks/" + address);
            say(json ? answer : NetworkText.of(ApiClient.json(answer)));
            return ExitCode.DONE;
        }
        requireSender();
        String answer = engine.ask("GET", "/v1/senders/" + URLEncoder.encode(address, StandardCharsets.UTF_8));
        say(json ? answer : SenderText.of(ApiClient.json(answer)));
        return ExitCode.DONE;
    }

    private boolean isNetwork() {
        try {
            return NetworkKey.parse(address).text().equals(address);
        } catch (IllegalArgumentException e) {
            return false;
        }
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
