package io.weir.explain;

import io.weir.explain.Explanation.Section;
import io.weir.explain.Explanation.Steps;
import io.weir.throttle.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do about a limit. */
final class Advice {
    /** RFC 5321, 4.5.4.1: at least 30 minutes between tries, at least 4 to 5 days until giving up. */
    private static final String SCHEDULE =
            "Leave the queue to itself: tries after 5 to 30 minutes at first and every hour later on, for 4 to 5 days,"
                    + " as RFC 5321 asks. Postfix's and Exim's defaults do so; Exchange gives up after 2 days (MessageExpirationTimeout)."
                    + " Trying more often gets nothing through sooner.";

    private Advice() {}

    static List<Section> ours(Question question, @Nullable Reason reason) {
        List<Steps> sender = new ArrayList<>();
        if (reason != null) {
            sender.add(new Steps("For this reason", List.of(reason.fix())));
        }
        sender.add(new Steps("In any case", slowDown(question.live() instanceof Live.Unasked)));
        return List.of(
                new Section("sender", "If you run the server that sends", List.of(), null, sender),
                new Section(
                        "admin",
                        "If you are an admin of an organisation that gets or sends its mail through us",
                        List.of(
                                "A connector says which servers are yours or a partner's. What comes from them is not held back."),
                        null,
                        List.of(onPremises(), partner(), ownDomain())));
    }

    /** What helps with any receiver that limits by volume. */
    static Section anybodys() {
        return new Section(
                "sender",
                "If you run the server that sends",
                List.of("This is what helps with limits of volume everywhere; what this one counts is not known here."),
                null,
                List.of(new Steps("In any case", slowDown(true))));
    }

    private static List<String> slowDown(boolean hasNoFigures) {
        List<String> steps = new ArrayList<>();
        steps.add(
                "Look whether the mail is meant: a surge that nobody planned is often an account or a form in wrong hands, or a loop.");
        steps.add(
                hasNoFigures
                        ? "Send less at a time. Raise the volume step by step over a few days: about twice as much each day, spread over 8 hours or"
                                + " more."
                        : "Send no more than the table above allows, spread over the day; it grows with what you send.");
        steps.add(SCHEDULE);
        steps.add(
                "Keep to few addresses. New addresses have no history, and several new ones of one network are counted together.");
        return steps;
    }

    private static Steps onPremises() {
        return new Steps(
                "A server of your own relays through us (on-premises)",
                List.of(
                        "Note the addresses from which it connects to us, and the name in its certificate.",
                        "Have it use STARTTLS with a certificate that can be verified.",
                        "Ask our postmaster for a connector of kind \"on-premises\" with both: `weir connectors put NAME --kind on-premises --network"
                                + " ADDRESSES --certificate CERTIFICATE-NAME --require-tls`. It only reports at first.",
                        "When it has matched what it should for a day, it is switched on with --enforce."));
    }

    private static Steps partner() {
        return new Steps(
                "A service or an appliance of somebody else stands in front of us",
                List.of(
                        "Everything comes from its few addresses, and is taken for one sender's mail. Note these addresses, or the name in its"
                                + " certificate.",
                        "Ask our postmaster for a connector of kind \"partner\" for the domains that must come from there, restricted to it, so that"
                                + " nobody goes around it: `weir connectors put NAME --kind partner --sender-domain '*' --network ADDRESSES"
                                + " --restrict-to-networks`.",
                        "Leave it reporting until nothing of yours would be refused, then switch it on with --enforce."));
    }

    private static Steps ownDomain() {
        return new Steps(
                "You send from the domain that a provider gave you to begin with",
                List.of(
                        "Do not send production mail from it (such as NAME.onmicrosoft.com): it is shared with everybody who began there, as are its"
                                + " limits and its reputation, and nobody can tell your mail from theirs.",
                        "Use a domain of your own, with SPF, DKIM and DMARC."));
    }
}
