package io.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** What an engine knows of a network, for a person. */
final class NetworkText {
    private static final int MOST_SHOWN = 20;

    private final StringBuilder text = new StringBuilder(1024);
    private final JsonNode network;

    private NetworkText(JsonNode network) {
        this.network = network;
    }

    /** @param network as {@code /v1/networks/ADDRESS/BITS} answers */
    static String of(JsonNode network) {
        return new NetworkText(network).write();
    }

    private String write() {
        line(
                "%s, as of %s",
                network.path("network").asText(),
                VerdictText.seconds(network.path("asOfMs").asLong()));
        line(
                "%d senders lately, %d of them established; %d began today, %d attempts of others that got no state",
                network.path("active").asLong(),
                network.path("established").asLong(),
                network.path("newSendersToday").asLong(),
                network.path("overflowAttemptsToday").asLong());
        if (network.path("vouches").asBoolean()) {
            line("a new sender begins with half the median record of the established");
        }
        spared();
        line("");
        JsonNode newcomers = network.path("newcomers");
        if (newcomers.isMissingNode() || newcomers.isNull()) {
            line("it had no newcomers lately");
        } else {
            text.append(SenderText.together(newcomers)).append('\n');
        }
        return text.toString().stripTrailing();
    }

    private void spared() {
        JsonNode spared = network.path("spared");
        if (!network.path("listed").asBoolean()) {
            line("more senders are known than a verdict can spare: newcomers get verdicts one by one");
        } else if (!spared.isEmpty()) {
            StringBuilder names = new StringBuilder();
            for (int i = 0; i < Math.min(MOST_SHOWN, spared.size()); i++) {
                names.append(i == 0 ? "" : ", ").append(spared.path(i).asText());
            }
            names.append(spared.size() > MOST_SHOWN ? " and " + (spared.size() - MOST_SHOWN) + " more" : "");
            line("a verdict on newcomers spares %s", names);
        }
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
