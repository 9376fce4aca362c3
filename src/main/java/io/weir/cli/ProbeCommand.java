package io.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "probe",
        description = {
            "Ask an edge what it would answer to a client, and what each step of the decision says.",
            "Nothing is counted and nothing comes of it. Takes the edge's token (edge.admin.token.file), so run it where the edge runs,"
                    + " as its user."
        },
        footer = {
            "",
            "Examples:",
            "  weir probe 203.0.113.7 --sender someone@partner.example",
            "  weir probe 198.51.100.9 --tls --certificate mail.example.net"
        })
final class ProbeCommand extends EdgeQuestion {
    @Parameters(paramLabel = "ADDRESS", description = "The client's address.")
    private String address = "";

    @Option(names = "--sender", paramLabel = "ADDRESS", description = "MAIL FROM; left out: the null sender.")
    private String sender = "";

    @Option(names = "--recipient", paramLabel = "ADDRESS", description = "The first RCPT TO.")
    private String recipient = "";

    @Option(names = "--tls", description = "The client uses TLS.")
    private boolean tls;

    @Option(names = "--certificate", paramLabel = "NAME", description = "Name in its certificate, verified.")
    private String certificate = "";

    @Option(names = "--fingerprint", paramLabel = "HEX", description = "Fingerprint of its public key.")
    private String fingerprint = "";

    @Option(names = "--authenticated", description = "A user of ours has logged in.")
    private boolean authenticated;

    ProbeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws InterruptedException {
        boolean hasCertificate = !certificate.isEmpty() || !fingerprint.isEmpty();
        JsonNode decided = ApiClient.json(edge().ask(
                        "GET",
                        "/v1/edge/probe?address=" + encoded(address) + "&sender=" + encoded(sender) + "&recipient="
                                + encoded(recipient) + "&tls=" + (tls || hasCertificate) + "&certificate="
                                + encoded(certificate) + "&fingerprint=" + encoded(fingerprint) + "&authenticated="
                                + authenticated));
        decided.path("steps")
                .forEach(step -> say(String.format(
                        Locale.ROOT,
                        "%-14s %s",
                        step.path("step").asText(),
                        step.path("result").asText())));
        String reply = decided.path("reply").asText();
        say(String.format(
                Locale.ROOT,
                "%-14s %s%s",
                "answer",
                decided.path("answer").asText(),
                reply.isEmpty() ? ": mail passes" : ": " + reply));
        return ExitCode.DONE;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
