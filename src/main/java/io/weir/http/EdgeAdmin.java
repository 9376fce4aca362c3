package io.weir.http;

import java.util.List;
import java.util.Map;

/** What an operator may ask of the edge in this process, beyond its health. Only who shows the edge's token may. */
public interface EdgeAdmin {
    /** What the edge is told to decide on; nothing comes of it. */
    record Question(
            String address,
            String sender,
            String recipient,
            boolean tls,
            String certificateName,
            String keyFingerprint,
            boolean authenticated) {}

    /** One step of a decision, in the order in which they are taken. */
    record Step(String step, String result) {}

    /**
     * What would be decided.
     *
     * @param answer in a word, as the metric of decisions has it
     * @param reply what the mail server would be told; empty when mail passes
     */
    record Decided(String answer, String reply, List<Step> steps) {}

    /** @param authorization the value of the header, empty when there is none */
    boolean isAllowed(String authorization);

    /** Plain facts by name, in their order. */
    Map<String, Object> status();

    /** @throws IllegalArgumentException when the address is none */
    Decided probe(Question question);

    /** False when the brake was not on. */
    boolean releaseBrake();
}
