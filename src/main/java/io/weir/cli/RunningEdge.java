package io.weir.cli;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.config.SiteSecret;
import io.weir.config.WeirConfig;
import io.weir.edge.Edge;
import io.weir.edge.EdgeState;
import io.weir.http.Health;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An edge of this process, and what its health is. */
record RunningEdge(Edge edge, WeirConfig config) implements AutoCloseable {
    static RunningEdge start(WeirConfig config, SiteSecret secret, MeterRegistry registry, Clock clock) {
        return new RunningEdge(Edge.start(config, secret, registry, clock), config);
    }

    /** Always alive: it answers, whatever it knows. */
    Health health() {
        String accepted = edge.seesEnds() ? "seen" : "not seen: is the check in smtpd_end_of_data_restrictions there?";
        return new Health(
                true,
                edge.state() == EdgeState.ENFORCING && !edge.isBraked(),
                Map.of(
                        "edge",
                        edge.state().label(),
                        "brake",
                        edge.isBraked() ? "on" : "off",
                        "acceptedMail",
                        accepted,
                        "eventsWaiting",
                        Long.toString(edge.unsent())));
    }

    /** Where an MTA asks. */
    String address() {
        List<String> all = new ArrayList<>(List.of(config.policyHost() + ":" + edge.port()));
        config.policySocket().ifPresent(socket -> all.add(socket.toString()));
        config.milterSocket().ifPresent(socket -> all.add(socket + " (milter)"));
        config.milterPort().ifPresent(port -> all.add(config.policyHost() + ":" + edge.milterPort() + " (milter)"));
        return String.join(" and ", all);
    }

    @Override
    public void close() {
        edge.close();
    }
}
