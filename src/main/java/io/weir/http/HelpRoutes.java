package io.weir.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import io.weir.explain.Bounce;
import io.weir.explain.Explainer;
import io.weir.explain.Explanation;
import io.weir.explain.Live;
import io.weir.explain.PlainText;
import io.weir.explain.Question;
import io.weir.explain.Site;
import io.weir.explain.page.HelpPage;
import io.weir.http.CaseSource.Asked;
import io.weir.http.CaseSource.NotNowException;
import java.io.IOException;
import java.io.Serial;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What bounces mean: {@code /help} for everybody, {@code POST /v1/explain} for who may ask the API. What is pasted is read, explained and
 * forgotten: none of it is kept, or goes into a log or an error message.
 */
final class HelpRoutes {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final Duration STARTING = Duration.ofSeconds(2);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");
    private static final String TOO_LARGE = "That is too much: at most " + Bounce.MOST_BYTES / 1024
            + " kB are read. The part with the reply is enough, or the whole bounce without the attachments.";

    private final ObjectMapper json = new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
    private final AskLimit limit;
    private volatile Site site = Site.NONE;
    private volatile @Nullable Cases cases;

    /** The volume that somebody would like to send is none. */
    private static final class BadNumberException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        BadNumberException() {
            super("The volume wanted must be a whole number from 1 to " + Question.MOST_WANTED + ".");
        }
    }

    /** @param nowMs the time of day */
    HelpRoutes(LongSupplier nowMs) {
        this.limit = new AskLimit(nowMs);
    }

    /** By what the site is known in bounces. */
    void of(Site known) {
        site = known;
    }

    /** From now on cases can be looked up. */
    void serve(Cases source) {
        cases = source;
    }

    List<Route> all() {
        return List.of(
                Route.get(HelpPage.PATH, Right.ANYBODY, context -> page(context, HttpStatus.OK, HelpPage.ask())),
                Route.get(HelpPage.STYLE_PATH, Right.ANYBODY, HelpRoutes::style),
                Route.post(HelpPage.PATH, Right.ANYBODY, limited(this::pasted)),
                Route.get(HelpPage.PATH + "/{case}", Right.ANYBODY, limited(this::caseOnly)),
                Route.post("/v1/explain", Right.READ, this::explain),
                Route.get(Cases.PATH + "{case}", Right.PEER, this::tell));
    }

    /** Strangers guess cases, or have their fun. */
    private Handler limited(Handler handler) {
        return context -> {
            if (limit.admits(askedFrom(context))) {
                handler.handle(context);
            } else {
                context.header("Retry-After", "60");
                page(
                        context,
                        HttpStatus.TOO_MANY_REQUESTS,
                        HelpPage.problem("Too many questions", "Please come back in a minute."));
            }
        };
    }

    private void pasted(Context context) throws IOException {
        Form form = Form.of(context);
        if (form == null) {
            page(context, HttpStatus.CONTENT_TOO_LARGE, HelpPage.ask(TOO_LARGE));
            return;
        }
        String text = form.field(HelpPage.FIELD_BOUNCE);
        if (text.isBlank()) {
            page(context, HttpStatus.BAD_REQUEST, HelpPage.ask("Nothing was pasted."));
            return;
        }
        try {
            Question question = question(context, Bounce.parse(text), form.field(HelpPage.FIELD_WANTED), false);
            page(context, HttpStatus.OK, HelpPage.answer(Explainer.explain(question)));
        } catch (BadNumberException e) {
            page(context, HttpStatus.BAD_REQUEST, HelpPage.ask(e.getMessage()));
        } catch (NotNowException e) {
            notNow(context, e);
        }
    }

    /** What never was and what is too old look alike, and so does what is no case. */
    private void caseOnly(Context context) {
        Bounce bounce = Bounce.parse(context.pathParam("case"));
        try {
            Question question = question(context, bounce, context.queryParam(HelpPage.FIELD_WANTED), false);
            if (question.live() instanceof Live.Known || question.live() instanceof Live.Told) {
                page(context, HttpStatus.OK, HelpPage.answer(Explainer.explain(question)));
            } else {
                page(context, HttpStatus.NOT_FOUND, HelpPage.unknown());
            }
        } catch (BadNumberException e) {
            page(context, HttpStatus.BAD_REQUEST, HelpPage.ask(e.getMessage()));
        } catch (NotNowException e) {
            notNow(context, e);
        }
    }

    /** As JSON, unless plain text is asked for. */
    private void explain(Context context) throws IOException {
        byte[] pasted = Form.read(context, Bounce.MOST_BYTES);
        if (pasted == null) {
            new Problem(HttpStatus.CONTENT_TOO_LARGE, "at most " + Bounce.MOST_BYTES + " bytes are read")
                    .writeTo(context);
            return;
        }
        try {
            Question question =
                    question(context, Bounce.parse(pasted), context.queryParam(HelpPage.FIELD_WANTED), true);
            answer(context, Explainer.explain(question));
        } catch (BadNumberException e) {
            new Problem(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage())).writeTo(context);
        } catch (NotNowException e) {
            throw ProblemException.unavailable(String.valueOf(e.getMessage()), e.retryAfter());
        }
    }

    private void answer(Context context, Explanation explanation) throws JsonProcessingException {
        String accepted = String.valueOf(context.header("Accept")).toLowerCase(Locale.ROOT);
        if (accepted.startsWith("text/plain")) {
            context.contentType(TEXT).result(PlainText.of(explanation) + "\n");
        } else {
            context.contentType("application/json").result(json.writeValueAsString(explanation));
        }
    }

    /** What another engine asks. */
    private void tell(Context context) {
        Cases here = cases;
        try {
            Optional<String> told = here == null
                    ? Optional.empty()
                    : here.tell(new Asked(
                            context.pathParam("case"),
                            String.valueOf(context.queryParam("from")),
                            "true".equals(context.queryParam("operator")),
                            wanted(context.queryParam(HelpPage.FIELD_WANTED))));
            if (told.isPresent()) {
                context.contentType("application/json").result(told.get());
            } else {
                new Problem(HttpStatus.NOT_FOUND, "no such case in the partitions of this engine").writeTo(context);
            }
        } catch (BadNumberException e) {
            new Problem(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage())).writeTo(context);
        } catch (NotNowException e) {
            throw ProblemException.unavailable(String.valueOf(e.getMessage()), e.retryAfter());
        }
    }

    private Question question(Context context, Bounce bounce, @Nullable String wantedText, boolean isOperator)
            throws BadNumberException, NotNowException {
        Long wanted = wanted(wantedText);
        Cases source = cases;
        String caseId = bounce.caseId();
        if (caseId == null) {
            return new Question(bounce, site, new Live.Unasked(), wanted);
        } else if (source == null) {
            throw new NotNowException("the engine has not started yet", STARTING);
        }
        Live live = source.find(new Asked(caseId, askedFrom(context), isOperator, wanted));
        return new Question(bounce, site, live, wanted);
    }

    private static @Nullable Long wanted(@Nullable String text) throws BadNumberException {
        String digits = text == null ? "" : text.strip();
        if (digits.isEmpty()) {
            return null;
        }
        long wanted = NUMBER.matcher(digits).matches() ? Long.parseLong(digits) : 0;
        if (wanted < 1 || wanted > Question.MOST_WANTED) {
            throw new BadNumberException();
        }
        return wanted;
    }

    /** A proxy on this machine says for whom it asks; anybody else's word for that is worth nothing. */
    private static String askedFrom(Context context) {
        String peer = context.ip();
        String forwarded = context.header(FORWARDED_FOR);
        if (forwarded == null || !isLoopback(peer)) {
            return peer;
        }
        return forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static void notNow(Context context, NotNowException e) {
        context.header("Retry-After", Long.toString(Math.max(1, e.retryAfter().toSeconds())));
        page(
                context,
                HttpStatus.SERVICE_UNAVAILABLE,
                HelpPage.problem(
                        "Not at the moment", "Cases cannot be looked up for a moment. Please try again in a minute."));
    }

    private static void style(Context context) {
        context.header("Cache-Control", "max-age=3600")
                .header("X-Content-Type-Options", "nosniff")
                .contentType("text/css; charset=utf-8")
                .result(HelpPage.style());
    }

    private static void page(Context context, HttpStatus status, String page) {
        context.status(status)
                .header("Content-Security-Policy", HelpPage.POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .contentType(HTML)
                .result(page);
    }
}
