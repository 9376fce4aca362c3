package io.weir.cli;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.config.AdminToken;
import io.weir.config.SiteSecret;
import io.weir.config.WeirConfig;
import io.weir.edge.Edge;
import io.weir.edge.EdgeProbe;
import io.weir.edge.EdgeState;
import io.weir.http.EdgeAdmin;
import io.weir.http.Health;
import io.weir.model.ClientAddress;
import io.weir.model.Connector;
import io.weir.throttle.Proof;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An edge of this process: what its health is, and what its operator may ask of it. */
record RunningEdge(Edge edge, AdminToken token) implements EdgeAdmin, AutoCloseable {
    static RunningEdge start(WeirConfig config, SiteSecret secret, MeterRegistry registry, Clock clock) {
        // The edge first: a mail server waits for nothing.
        Edge edge = Edge.start(config, secret, registry, clock);
        try {
            return new RunningEdge(edge, AdminToken.readOrCreate(config.adminTokenFile()));
        } catch (RuntimeException e) {
            edge.close();
            throw e;
        }
    }

    /** Always alive: it answers, whatever it knows. */
    Health health() {
        return new Health(
                true,
                edge.state() == EdgeState.ENFORCING && !edge.isBraked() && edge.keepsEvents(),
                Map.of(
                        "edge",
                        edge.state().label(),
                        "brake",
                        edge.isBraked() ? "on" : "off",
                        "acceptedMail",
                        acceptedMail(),
                        "events",
                        events(),
                        "eventsWaiting",
                        Long.toString(edge.unsent())));
    }

    private String events() {
        return edge.keepsEvents() ? "kept" : "NOT KEPT: the spool cannot be opened or written; the log says why";
    }

    private String acceptedMail() {
        if (edge.seesEnds()) {
            return "seen";
        }
        return edge.missesEnds()
                ? "MISSING: mail ends and none is told of as accepted, so that no sender earns a record; is the second check of deploy/mta there"
                        + " (smtpd_end_of_data_restrictions of Postfix)?"
                : "none seen yet";
    }

    @Override
    public boolean isAllowed(String authorization) {
        return token.isShownBy(authorization);
    }

    @Override
    public Map<String, Object> status() {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("state", edge.state().label());
        status.put("brake", edge.isBraked() ? "on" : "off");
        status.put("verdicts", edge.verdicts());
        status.put("events", events());
        status.put("eventsWaiting", edge.unsent());
        status.put("acceptedMail", acceptedMail());
        status.put("policy", address());
        return status;
    }

    @Override
    public Decided probe(Question question) {
        EdgeProbe.Result result = edge.probe(new EdgeProbe.Question(
                proof(question), question.sender(), question.recipient(), question.authenticated()));
        return new Decided(
                result.answer().label(),
                result.reply(),
                result.steps().stream()
                        .map(step -> new Step(step.name(), step.result()))
                        .toList());
    }

    private static Proof proof(Question question) {
        String sender = question.sender();
        return new Proof(
                ClientAddress.parse(question.address()),
                question.tls(),
                question.certificateName().toLowerCase(Locale.ROOT),
                Connector.fingerprint(question.keyFingerprint()),
                sender.substring(sender.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean releaseBrake() {
        return edge.releaseBrake();
    }

    /** Where an MTA asks. */
    String address() {
        return edge.addresses();
    }

    @Override
    public void close() {
        edge.close();
    }
}
