package io.weir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.config.HttpSettings;
import io.weir.config.WeirConfig;
import io.weir.model.ClientAddress;
import io.weir.model.SenderKey;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "senders",
        description = {
            "Ask a running engine what it knows of a sender.",
            "Its record, what it may send now, the days ahead, and the throttle in force with its reason and what to do about it."
        },
        footer = {
            "",
            "Examples:",
            "  weir senders 203.0.113.7",
            "  weir senders 2001:db8::25 --url http://engine2.example.org:8451 --json"
        })
final class SendersCommand extends Command {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
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
        String engine = engine(config());
        HttpResponse<String> response = ask(engine);
        JsonNode answer = parse(response, engine);
        if (response.statusCode() == 200) {
            say(json ? response.body() : SenderText.of(answer));
            return ExitCode.DONE;
        }
        String detail = answer.path("detail").asText("HTTP status " + response.statusCode());
        throw switch (response.statusCode()) {
            case 400 -> CommandException.usage(detail);
            case 404 -> CommandException.failed(detail);
            case 503 -> CommandException.unreachable("the engine at " + engine + " is not ready: " + detail);
            default -> CommandException.failed("the engine at " + engine + " answered: " + detail);
        };
    }

    /** The engine would refuse it too, but a slip of the pen needs no engine to be told. */
    private void requireSender() {
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

    private String engine(WeirConfig config) {
        if (url != null) {
            return url.replaceFirst("/+$", "");
        }
        if (config.httpPort() == 0) {
            throw CommandException.usage(HttpSettings.PORT
                    + " = 0 is a different port each time; give the one that the engine printed, or --url");
        }
        String host = config.httpHost();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + config.httpPort();
    }

    private HttpResponse<String> ask(String engine) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        try {
            HttpRequest question = HttpRequest.newBuilder(question(engine))
                    .timeout(TIMEOUT)
                    .header("Accept", "application/json")
                    .build();
            return client.send(question, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw CommandException.unreachable(
                    "no engine answers at " + engine + "; is 'weir up' or 'weir engine' running there?", e);
        }
    }

    private URI question(String engine) {
        try {
            URI uri = new URI(engine + "/v1/senders/" + URLEncoder.encode(address, StandardCharsets.UTF_8));
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw CommandException.usage("--url '" + engine + "' is not a URL: " + e.getReason(), e);
        }
        throw CommandException.usage("--url '" + engine + "' must be like http://HOST:PORT");
    }

    private static JsonNode parse(HttpResponse<String> response, String engine) {
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (JsonProcessingException e) {
            throw CommandException.failed(
                    "what answers at " + engine + " is no engine of Weir (HTTP status " + response.statusCode() + ")",
                    e);
        }
    }
}
