package io.weir.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.weir.explain.Bounce;
import io.weir.explain.Explainer;
import io.weir.explain.Explanation;
import io.weir.explain.PlainText;
import io.weir.http.BounceQuestions.BadNumberException;
import io.weir.http.CaseSource.Asked;
import io.weir.http.CaseSource.NotNowException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * {@code POST /v1/explain}: what a bounce means, for whoever may ask the API; and where other engines ask for cases. What is pasted is read,
 * explained and forgotten: none of it is kept, or goes into a log or an error message.
 */
final class ExplainRoutes {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String WANTED = "wanted";

    private final ObjectMapper json = new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
    private final BounceQuestions questions;

    ExplainRoutes(BounceQuestions questions) {
        this.questions = questions;
    }

    List<Route> all() {
        return List.of(
                Route.post("/v1/explain", Right.READ, this::explain),
                Route.get(Cases.BETWEEN_ENGINES + "{case}", Right.PEER, this::tell));
    }

    /** As JSON, unless plain text is asked for. */
    private void explain(Context context) throws IOException {
        Params.only(context, WANTED);
        byte[] pasted = Form.read(context, Bounce.MOST_BYTES);
        if (pasted == null) {
            throw new ProblemException(
                    HttpStatus.CONTENT_TOO_LARGE, "at most " + Bounce.MOST_BYTES + " bytes are read");
        }
        try {
            answer(
                    context,
                    Explainer.explain(questions.of(context, Bounce.parse(pasted), Params.text(context, WANTED))));
        } catch (BadNumberException e) {
            throw ProblemException.bad(String.valueOf(e.getMessage()));
        } catch (NotNowException e) {
            throw ProblemException.unavailable(String.valueOf(e.getMessage()), e.retryAfter());
        }
    }

    private void answer(Context context, Explanation explanation) throws JsonProcessingException {
        String accepted = String.valueOf(context.header("Accept")).toLowerCase(Locale.ROOT);
        if (accepted.startsWith("text/plain")) {
            context.contentType(TEXT).result(PlainText.of(explanation) + "\n");
        } else {
            context.contentType(Json.TYPE).result(json.writeValueAsString(explanation));
        }
    }

    /** For other engines. Nobody else is asked then: a question goes one hop. */
    private void tell(Context context) {
        Params.only(context, "from", "operator", WANTED);
        try {
            Asked asked = new Asked(
                    context.pathParam("case"),
                    Params.text(context, "from"),
                    Params.flag(context, "operator"),
                    BounceQuestions.wanted(Params.text(context, WANTED)));
            context.contentType(Json.TYPE).result(questions.cases().tell(asked));
        } catch (BadNumberException e) {
            throw ProblemException.bad(String.valueOf(e.getMessage()));
        } catch (NotNowException e) {
            throw ProblemException.unavailable(String.valueOf(e.getMessage()), e.retryAfter());
        }
    }
}
