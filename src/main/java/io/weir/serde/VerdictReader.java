package io.weir.serde;

import com.fasterxml.jackson.core.JsonToken;
import io.weir.model.Mode;
import io.weir.model.Verdict;
import io.weir.model.Verdict.Action;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one record of {@code smtp-verdicts}. */
final class VerdictReader extends RecordReader {
    private static final int MAX_CLIENT = 160;
    private static final int MAX_WORD = 64;
    private static final int MAX_STATUS_CODE = 11;
    private static final int MAX_AS = 99_999;
    private static final long MAX_HORIZON_SECONDS = 366L * 86_400;
    private static final long ABSENT = -1;

    private long version = ABSENT;
    private @Nullable String client;
    private @Nullable Action action;
    private @Nullable Mode mode;
    private double admit = ABSENT;
    private long replyCode = ABSENT;
    private @Nullable String enhancedStatusCode;
    private long as = ABSENT;
    private @Nullable String reason;
    private @Nullable String caseId;
    private long horizonMs = ABSENT;
    private long observed = ABSENT;
    private long record = ABSENT;
    private long allowance = ABSENT;
    private List<String> exempt = List.of();
    private long decidedAtMs = ABSENT;
    private long expiresAtMs = ABSENT;
    private long seq = ABSENT;
    private @Nullable String rules;

    VerdictReader(byte[] json) {
        super(json, VerdictJson.MAX_BYTES);
    }

    @Override
    MalformedRecordException malformed(String message) {
        return new MalformedVerdictException(message);
    }

    @Override
    void field(String name) throws IOException {
        switch (name) {
            case "v" -> version = number(name, 1, 1, ABSENT);
            case "client" -> client = name(name, MAX_CLIENT);
            case "action" -> action = word(name, Action.values(), Action::label);
            case "mode" -> mode = word(name, Mode.values(), Mode::label);
            case "admit" -> admit = fraction(name, ABSENT);
            case "replyCode" -> replyCode = number(name, 400, 599, ABSENT);
            case "enhancedStatusCode" -> enhancedStatusCode = name(name, MAX_STATUS_CODE);
            case "as" -> as = number(name, 0, MAX_AS, ABSENT);
            case "reason" -> reason = name(name, MAX_WORD);
            case "case" -> caseId = name(name, MAX_WORD);
            case "horizon" -> horizonMs = horizon();
            case "observed" -> observed = number(name, 0, Long.MAX_VALUE, ABSENT);
            case "record" -> record = number(name, 0, Long.MAX_VALUE, ABSENT);
            case "allowance" -> allowance = number(name, 0, Long.MAX_VALUE, ABSENT);
            case "exempt" -> exempt = exempt();
            case "decidedAtMs" -> decidedAtMs = number(name, 0, EventFields.MAX_TIME_MS, ABSENT);
            case "expiresAtMs" -> expiresAtMs = number(name, 0, EventFields.MAX_TIME_MS, ABSENT);
            case "seq" -> seq = number(name, 0, Long.MAX_VALUE, ABSENT);
            case "rules" -> rules = name(name, MAX_WORD);
            default -> skip();
        }
    }

    private <E> @Nullable E word(String field, E[] values, Function<E, String> label) throws IOException {
        String got = string(field);
        if (got == null) {
            return null;
        }
        for (E value : values) {
            if (label.apply(value).equals(got)) {
                return value;
            }
        }
        throw malformed(
                field + " must be one of " + EventFields.words(values, label) + ", got '" + JsonText.echo(got) + "'");
    }

    private long horizon() throws IOException {
        String text = name("horizon", MAX_WORD);
        if (text == null) {
            return ABSENT;
        }
        try {
            Duration duration = Duration.parse(text);
            if (duration.getSeconds() >= 0 && duration.getSeconds() <= MAX_HORIZON_SECONDS && duration.toMillis() > 0) {
                return duration.toMillis();
            }
        } catch (DateTimeParseException e) {
            // Falls through to the one message below.
        }
        throw malformed(
                "horizon must be an ISO 8601 duration such as PT5M, PT1H or P1D, got '" + JsonText.echo(text) + "'");
    }

    private List<String> exempt() throws IOException {
        List<String> senders = new ArrayList<>();
        if (!enter("exempt", JsonToken.START_ARRAY)) {
            return senders;
        }
        while (nextElement()) {
            senders.add(required("exempt", name("exempt", MAX_CLIENT)));
            if (senders.size() > VerdictJson.MAX_EXEMPT) {
                throw malformed("exempt may list " + VerdictJson.MAX_EXEMPT + " senders");
            }
        }
        return senders;
    }

    Verdict verdict() {
        readFields();
        present("v", version);
        return new Verdict(
                required("client", client),
                required("action", action),
                required("mode", mode),
                presentAdmit(),
                (int) present("replyCode", replyCode),
                required("enhancedStatusCode", enhancedStatusCode),
                (int) present("as", as),
                required("reason", reason),
                required("case", caseId),
                present("horizon", horizonMs),
                present("observed", observed),
                present("record", record),
                present("allowance", allowance),
                exempt,
                present("decidedAtMs", decidedAtMs),
                present("expiresAtMs", expiresAtMs),
                present("seq", seq),
                required("rules", rules));
    }

    private long present(String field, long value) {
        if (value == ABSENT) {
            throw missing(field);
        }
        return value;
    }

    private double presentAdmit() {
        if (admit < 0) {
            throw missing("admit");
        }
        return admit;
    }
}
