package io.weir.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.engine.Answer;
import io.weir.engine.CaseFacts;
import io.weir.engine.CaseLookup;
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
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * Looks cases up in this engine, and where it has not got them, in the others: nobody can tell from a case who has it. What another one tells is
 * ready to be shown, and holds no more than who asks may see.
 */
final class Cases implements CaseSource {
    /** Where an engine asks another; what comes after it is the case. */
    static final String PATH = "/v1/cases/";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ObjectMapper json = new ObjectMapper();
    private final Queries queries;
    private final LongUnaryOperator asOf;
    private final Others others;

    /** Asks other engines. */
    interface Others {
        /** None of them can be reached. */
        Others NONE = (engines, pathAndQuery) -> List.of();

        /**
         * The bodies of their answers.
         *
         * @param engines {@code HOST:PORT} of each
         * @return for each that answered in time: what it tells, empty when it does not know the case
         */
        List<Optional<String>> ask(List<String> engines, String pathAndQuery);
    }

    /** @param asOf the moment to look at, from the greatest event time that a partition has seen */
    Cases(Queries queries, LongUnaryOperator asOf, Others others) {
        this.queries = queries;
        this.asOf = asOf;
        this.others = others;
    }

    @Override
    public Live find(Asked asked) throws NotNowException {
        CaseLookup lookup = look(asked.caseId());
        Optional<CaseFacts> found = lookup.found();
        if (found.isPresent()) {
            return known(found.get(), asked);
        }
        if (!lookup.elsewhere().isEmpty()) {
            List<Optional<String>> answers = others.ask(lookup.elsewhere(), pathAndQuery(asked));
            Optional<String> told = answers.stream().flatMap(Optional::stream).findFirst();
            if (told.isPresent()) {
                return new Live.Told(read(told.get()));
            } else if (answers.size() < lookup.elsewhere().size()) {
                throw new NotNowException("another engine does not answer", RETRY_AFTER);
            }
        }
        return new Live.Unknown(lookup.rules(), asOf.applyAsLong(lookup.newestMs()));
    }

    /** What this engine tells another one; empty when it does not know the case. */
    Optional<String> tell(Asked asked) throws NotNowException {
        Optional<CaseFacts> found = look(asked.caseId()).found();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Live.Known known = known(found.get(), asked);
        Question question = new Question(Bounce.parse(asked.caseId()), Site.NONE, known, asked.wantedPerDay());
        try {
            return Optional.of(json.writeValueAsString(CaseTold.of(question, known)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is told is plain text", e);
        }
    }

    private CaseLookup look(String caseId) throws NotNowException {
        Answer<CaseLookup> answer = queries.caseOf(caseId);
        if (answer instanceof Answer.Local<CaseLookup> local) {
            return local.value();
        } else if (answer instanceof Answer.Unavailable<CaseLookup> unavailable) {
            throw new NotNowException(unavailable.reason(), unavailable.retryAfter());
        }
        throw new NotNowException("another engine has it", RETRY_AFTER);
    }

    private Live.Known known(CaseFacts facts, Asked asked) {
        long atMs = asOf.applyAsLong(facts.newestMs());
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
        return PATH + URLEncoder.encode(asked.caseId(), StandardCharsets.UTF_8) + "?from="
                + URLEncoder.encode(asked.askedFrom(), StandardCharsets.UTF_8) + "&operator=" + asked.isOperator()
                + (wanted == null ? "" : "&wanted=" + wanted);
    }

    private CaseTold read(String told) throws NotNowException {
        try {
            return json.readValue(told, CaseTold.class);
        } catch (JsonProcessingException e) {
            // During an upgrade, perhaps.
            throw new NotNowException("another engine's answer cannot be read", RETRY_AFTER);
        }
    }
}
