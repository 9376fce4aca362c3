package io.weir.explain;

import io.weir.explain.Explanation.Fact;
import io.weir.explain.Explanation.Section;
import io.weir.throttle.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together what there is to say. */
public final class Explainer {
    private static final String SITE_NOTE =
            "Office 365 uses the codes 4.7.500 to 4.7.699 for its own limits, and sites that run Weir use"
                    + " them too, so the code does not tell whose limit it is. The text that names the server which gave the reply does:"
                    + " paste all of the bounce, not a line of it.";

    private final Question question;
    private final Bounce bounce;
    /** What is known of the case; null when nothing is. */
    private final @Nullable CaseTold told;

    private final Origin origin;

    private Explainer(Question question) {
        this.question = question;
        this.bounce = question.bounce();
        this.told = told(question);
        this.origin = Origin.of(bounce, question.site(), told != null);
    }

    private static @Nullable CaseTold told(Question question) {
        if (question.live() instanceof Live.Known known) {
            return CaseTold.of(question, known);
        }
        return question.live() instanceof Live.Told known ? known.told() : null;
    }

    public static Explanation explain(Question question) {
        return new Explainer(question).all();
    }

    private Explanation all() {
        List<Section> sections = new ArrayList<>();
        sections.add(meaning());
        if (origin instanceof Origin.Ours) {
            sections.addAll(told == null ? new LiveSections(question).all() : told.sections());
            sections.addAll(Advice.ours(question, reason().orElse(null)));
        } else if (isLimit()) {
            sections.add(Advice.anybodys());
        }
        return new Explanation(
                new Lead(bounce, origin, reason().orElse(null)).text(),
                whose(),
                origin.label(),
                facts(),
                sections,
                bounce);
    }

    /** A limit of volume, whoever's: then a sender can do something about it. */
    private boolean isLimit() {
        return bounce.isThrottle()
                || (origin instanceof Origin.Known known && knownReply(known).isPresent() && bounce.isTemporary());
    }

    private Optional<KnownReply> knownReply(Origin.Known known) {
        return KnownReply.of(known.operator(), bounce);
    }

    /** Of our catalogue: by the verdict when it is at hand, by what was printed otherwise. */
    private Optional<Reason> reason() {
        if (!(origin instanceof Origin.Ours)) {
            return Optional.empty();
        }
        if (told != null) {
            return Reason.of(told.reason());
        }
        // Before the status, which a site may have set to one for all.
        return reasonOf(bounce.token(), null).or(() -> reasonOf(null, bounce.status()));
    }

    private static Optional<Reason> reasonOf(@Nullable String token, @Nullable String status) {
        return Arrays.stream(Reason.values())
                .filter(one -> ("AS" + one.as()).equals(token)
                        || one.enhancedStatusCode().equals(status))
                .findFirst();
    }

    private String whose() {
        if (origin instanceof Origin.Ours ours) {
            return "This reply is ours: " + ours.grounds().label() + ".";
        } else if (origin instanceof Origin.Known known) {
            String sure = known.grounds() == Origin.Grounds.WORDING
                    ? "This reply looks like one of "
                    : "This reply is not ours. It comes from ";
            return sure + known.operator().label() + ": " + known.grounds().label() + ".";
        } else if (origin instanceof Origin.OtherSite other) {
            return "This reply is not ours. It comes from a site that explains it itself, at " + other.helpUrl() + "/"
                    + other.caseId() + ".";
        } else if (origin instanceof Origin.Stranger stranger) {
            return "This reply is not ours. " + stranger.host()
                    + " gave it; nothing more is known of that server here.";
        }
        return bounce.isEmpty()
                ? "There is no reply of a mail server in it."
                : "The text does not say which server gave this reply.";
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        add(facts, "Reply", join(bounce.replyCode(), bounce.status()));
        add(facts, "Number", bounce.token());
        add(facts, "Reason", reason().map(Reason::id).orElse(null));
        add(facts, "Address concerned", told == null ? bounce.clientAddress() : told.client());
        add(facts, "Reply given by", bounce.host());
        add(facts, "Recipient's domain", bounce.recipientDomain());
        add(facts, "Case", bounce.caseId());
        add(facts, "It says", bounce.text());
        add(facts, "Found in", bounce.isEmpty() ? null : bounce.where().label());
        return facts;
    }

    private static void add(List<Fact> facts, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            facts.add(new Fact(name, value));
        }
    }

    private static @Nullable String join(@Nullable Integer reply, @Nullable String status) {
        if (reply == null) {
            return status;
        }
        return status == null ? reply.toString() : reply + " " + status;
    }

    private Section meaning() {
        List<String> words = new ArrayList<>();
        Reason reason = reason().orElse(null);
        KnownReply reply =
                origin instanceof Origin.Known known ? knownReply(known).orElse(null) : null;
        if (reason != null) {
            words.add(reason.meaning());
            words.add(
                    "The server that was held back is not blocked: part of its mail passes all the time, the rest is asked to come back"
                            + " later. Which part is drawn by lot, and what has waited longest has the best chances.");
        } else if (reply != null) {
            words.add(reply.meaning());
            words.add(reply.advice());
            words.add("What its operator says of it: " + reply.source());
        } else {
            words.addAll(general());
        }
        return new Section("meaning", "What it means", words, null, List.of());
    }

    private List<String> general() {
        List<String> words = new ArrayList<>();
        ConnectorReply connector = origin instanceof Origin.Ours ? ConnectorReply.of(bounce.status()) : null;
        if (connector != null) {
            return List.of(connector.meaning());
        }
        String meaning = Codes.meaning(bounce.replyCode(), bounce.status());
        if (!meaning.isEmpty()) {
            words.add("By the standard (RFC 3463) the code says: " + meaning + ".");
        }
        if (origin instanceof Origin.Unsaid && bounce.isThrottle()) {
            words.add(SITE_NOTE);
        } else if (!bounce.isEmpty()) {
            words.add(
                    "What else its number or words may mean is not documented here, and would be a guess. Its postmaster knows.");
        } else {
            words.add(
                    "A bounce carries a code of three digits such as 451, often one such as 4.7.500 behind it, and a sentence. It may stand far"
                            + " below, under a title such as \"Diagnostic information\".");
        }
        return words;
    }
}
