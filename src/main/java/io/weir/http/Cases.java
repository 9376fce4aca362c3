package io.weir.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.engine.Answer;
import io.weir.engine.CaseFacts;
import io.weir.engine.CaseLookup;
import io.weir.engine.EngineAddress;
import io.weir.engine.Queries;
import io.weir.explain.Bounce;
import io.weir.explain.CaseTold;
import io.weir.explain.Live;
import io.weir.explain.Question;
import io.weir.explain.Site;
import io.weir.model.ClientAddress;
import io.weir.throttle.SenderView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks cases up in this engine, and where it has not got them, in the others: nobody can tell from a case who has it. What another one tells is
 * ready to be shown, and holds no more than who asks may see.
 */
final class Cases implements CaseSource {
    /** Where an engine asks another; what comes after it is the case. */
    static final String BETWEEN_ENGINES = "/v1/peer/cases/";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Queries queries;
    private final Moment moment;
    private final Others others;

    /** Asks other engines. */
    interface Others {
        /** None of them can be reached. */
        Others NONE = (engines, pathAndQuery) -> List.of();

        /**
         * The bodies of their answers.
         *
         * @return of each that answered in time
         * @throws NotNowException when none can be asked at the moment
         */
        List<String> ask(List<EngineAddress> engines, String pathAndQuery) throws NotNowException;
    }

    Cases(Queries queries, Moment moment, Others others) {
        this.queries = queries;
        this.moment = moment;
        this.others = others;
    }

    /** Who judges is believed before a copy. */
    @Override
    public Live find(Asked asked) throws NotNowException {
        Answer.Local<CaseLookup> here = look(asked.caseId());
        CaseLookup lookup = here.value();
        CaseFacts found = lookup.found().orElse(null);
        if (found != null && !here.standby()) {
            return known(found, asked);
        }
        List<CaseReply> replies = new ArrayList<>();
        if (lookup.partitions() == 0 || lookup.inVain().size() < lookup.partitions()) {
            for (String reply : others.ask(queries.others(), pathAndQuery(asked))) {
                replies.add(read(reply));
            }
        }
        CaseTold judged = told(replies, false);
        if (judged != null) {
            return new Live.Told(judged);
        } else if (found != null) {
            return known(found, asked);
        }
        CaseTold copied = told(replies, true);
        if (copied != null) {
            return new Live.Told(copied);
        }
        requireAll(lookup, replies);
        return new Live.Unknown(lookup.rules(), moment.at(lookup.newestMs()));
    }

    private static @Nullable CaseTold told(List<CaseReply> replies, boolean standby) {
        for (CaseReply reply : replies) {
            if (reply.standby() == standby && reply.told() != null) {
                return reply.told();
            }
        }
        return null;
    }

    /** That nobody knows a case can be said when every partition has been looked at. */
    private static void requireAll(CaseLookup here, List<CaseReply> replies) throws NotNowException {
        Set<Integer> inVain = new TreeSet<>(here.inVain());
        replies.forEach(reply -> inVain.addAll(reply.inVain()));
        if (here.partitions() == 0 || inVain.size() < here.partitions()) {
            throw new NotNowException("not every engine tells what it knows", RETRY_AFTER);
        }
    }

    /** What this engine tells another one, as JSON. */
    String tell(Asked asked) throws NotNowException {
        Answer.Local<CaseLookup> here = look(asked.caseId());
        CaseTold told = here.value().found().map(facts -> told(facts, asked)).orElse(null);
        try {
            return JSON.writeValueAsString(
                    new CaseReply(here.standby(), here.value().inVain(), told));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is told is plain text", e);
        }
    }

    private CaseTold told(CaseFacts facts, Asked asked) {
        Live.Known known = known(facts, asked);
        return CaseTold.of(new Question(Bounce.parse(asked.caseId()), Site.NONE, known, asked.wantedPerDay()), known);
    }

    private Answer.Local<CaseLookup> look(String caseId) throws NotNowException {
        Answer<CaseLookup> answer = queries.caseOf(caseId);
        if (answer instanceof Answer.Local<CaseLookup> local) {
            return local;
        } else if (answer instanceof Answer.Unavailable<CaseLookup> unavailable) {
            throw new NotNowException(unavailable.reason(), unavailable.retryAfter());
        }
        throw new NotNowException("another engine has it", RETRY_AFTER);
    }

    private Live.Known known(CaseFacts facts, Asked asked) {
        long atMs = moment.at(facts.newestMs());
        SenderView view = facts.view(atMs);
        boolean isExact = asked.isOperator() || isFrom(asked.askedFrom(), facts);
        return new Live.Known(facts.verdict(), view, facts.ramp(view), view == null ? atMs : view.asOfMs(), isExact);
    }

    /** Whether it is the very sender that asks. */
    private static boolean isFrom(String askedFrom, CaseFacts facts) {
        try {
            int bits = facts.controls().rules().ipv6Prefix();
            return ClientAddress.parse(askedFrom, bits)
                    .sender()
                    .text()
                    .equals(facts.verdict().client());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String pathAndQuery(Asked asked) {
        Long wanted = asked.wantedPerDay();
        return BETWEEN_ENGINES + encoded(asked.caseId()) + "?from=" + encoded(asked.askedFrom()) + "&operator="
                + asked.isOperator() + (wanted == null ? "" : "&wanted=" + wanted);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static CaseReply read(String reply) throws NotNowException {
        try {
            return JSON.readValue(reply, CaseReply.class);
        } catch (JsonProcessingException e) {
            // During an upgrade, perhaps.
            throw new NotNowException("another engine's answer cannot be read", RETRY_AFTER);
        }
    }
}
