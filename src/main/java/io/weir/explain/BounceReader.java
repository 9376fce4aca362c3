package io.weir.explain;

import io.weir.explain.Bounce.Where;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out what kind of text a bounce is, what replies there are in it, and which of them matters. */
final class BounceReader {
    private static final Pattern HEADER =
            Pattern.compile("(?s)\\A\\s{0,8}(?:From [^\\n]{1,200}\\n)?[A-Za-z][A-Za-z0-9-]{0,70}:.*");
    private static final Pattern MAIL_HEADER =
            Pattern.compile("(?im)^(?:Received|Return-Path|From|Subject|Date|MIME-Version|Content-Type|Message-Id):");
    private static final int MOST_HEADER = 16 * 1024;

    private static final Pattern LOG = Pattern.compile(
            "(?i)\\bdsn=|\\bstatus=(?:deferred|bounced)|(?:^|[ \\n])\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d[^\\n]* (?:==|\\*\\*) |\\bstat=Deferred");
    private static final Pattern LOG_STATUS = Pattern.compile("\\bdsn=([245]\\.\\d{1,3}\\.\\d{1,3})");

    /** How servers say that they do; what they will do some day does not count. */
    private static final Pattern GAVE_UP = Pattern.compile(
            "(?i)\\bMessage expired\\b|\\bgave up\\b|\\bgiving up\\b|\\bretry timeout exceeded\\b|\\bafter a long failure period\\b");

    private final byte[] bytes;
    private final List<Finding> findings = new ArrayList<>();
    private @Nullable String reporter;
    private boolean gaveUp;
    /** A delivery status says so, which is the surest. */
    private boolean isDelayed;

    /**
     * A reply and who gave it.
     *
     * @param around the text in which it stands
     */
    private record Finding(
            Reply reply,
            String around,
            @Nullable String host,
            @Nullable String recipientDomain,
            Where where) {
        boolean isThrottle() {
            return Codes.isThrottle(reply.code(), reply.status());
        }
    }

    BounceReader(byte[] bytes) {
        this.bytes = Arrays.copyOf(bytes, Math.min(bytes.length, Bounce.MOST_BYTES));
    }

    Bounce read() {
        String text = Lines.decode(bytes, null);
        String only = Marks.onlyCase(text);
        if (only != null) {
            return new Bounce(null, null, null, null, only, null, null, null, null, false, "", Where.TEXT);
        }
        List<String> reasons = QueueListing.reasons(text);
        if (!reasons.isEmpty()) {
            reasons.forEach(reason -> text(reason, Where.QUEUE));
        } else if (isMail(text)) {
            mail(text);
        } else {
            plain(text);
        }
        return best();
    }

    private static boolean isMail(String text) {
        String head = text.substring(0, Math.min(text.length(), MOST_HEADER));
        int body = head.replace("\r", "").indexOf("\n\n");
        return HEADER.matcher(head).matches()
                && MAIL_HEADER
                        .matcher(head.substring(0, body < 0 ? head.length() : Math.min(body, head.length())))
                        .find();
    }

    private void mail(String whole) {
        MailParts parts = MailParts.of(bytes);
        parts.statuses().forEach(this::status);
        for (String notice : parts.notices()) {
            plain(notice);
        }
        if (findings.isEmpty()) {
            text(whole, Where.TEXT);
        }
    }

    /** Text for people; some paste the fields of a delivery status into it, and some servers write them there. */
    private void plain(String text) {
        String ours = Lines.withoutOriginal(text);
        int before = findings.size();
        if (findings.isEmpty()) {
            status(ours);
        }
        boolean isLog = LOG.matcher(ours).find();
        text(ours, isLog ? Where.LOG : findings.size() > before || !findings.isEmpty() ? Where.NOTICE : Where.TEXT);
    }

    private void status(String text) {
        DeliveryStatus status = DeliveryStatus.of(text);
        reporter = reporter == null ? status.reporter() : reporter;
        for (Map<String, String> recipient : status.recipients()) {
            String diagnostic = recipient.getOrDefault("diagnostic-code", "");
            Reply said = Reply.in(diagnostic);
            Reply field = Reply.in(recipient.getOrDefault("status", ""));
            Reply reply = new Reply(
                    said.code(),
                    said.status() == null ? field.status() : said.status(),
                    said.text().isEmpty() ? diagnostic : said.text());
            if (!reply.isEmpty()) {
                String action = recipient.getOrDefault("action", "").toLowerCase(Locale.ROOT);
                gaveUp |= action.startsWith("failed");
                isDelayed |= action.startsWith("delayed");
                String host = Hosts.said(diagnostic);
                String remote = Hosts.ofField(recipient.get("remote-mta"));
                String to = recipient.getOrDefault("final-recipient", recipient.getOrDefault("original-recipient", ""));
                findings.add(new Finding(
                        reply, diagnostic, host == null ? remote : host, Hosts.recipientDomain(to), Where.STATUS_PART));
            }
        }
    }

    private void text(String text, Where where) {
        String flat = Lines.flat(text);
        Reply reply = Reply.in(flat);
        if (reply.status() == null && where == Where.LOG) {
            var dsn = LOG_STATUS.matcher(flat);
            reply = dsn.find() ? new Reply(reply.code(), dsn.group(1), reply.text()) : reply;
        }
        reporter = reporter == null ? Hosts.reporter(flat) : reporter;
        gaveUp |= GAVE_UP.matcher(flat).find();
        Marks marks = Marks.in(flat);
        if (!reply.isEmpty() || marks.caseId() != null) {
            findings.add(new Finding(
                    reply.isEmpty() ? new Reply(null, null, flat) : reply,
                    flat,
                    Hosts.said(flat),
                    Hosts.recipientDomain(flat),
                    where));
        }
    }

    /** A throttle before all else, since that is what people come for; otherwise the first, made complete by the others. */
    private Bounce best() {
        Finding best = findings.stream()
                .filter(Finding::isThrottle)
                .findFirst()
                .orElse(findings.isEmpty() ? null : findings.get(0));
        if (best == null) {
            return new Bounce(null, null, null, null, null, null, null, reporter, null, false, "", Where.NOTHING);
        }
        Finding whole = best;
        for (Finding other : findings) {
            whole = complete(whole, other);
        }
        Reply reply = whole.reply;
        Marks marks = Marks.in(reply.text());
        return new Bounce(
                reply.code(),
                reply.status(),
                // Some quote it before the code.
                marks.token() == null ? Marks.in(whole.around).token() : marks.token(),
                marks.clientAddress(),
                marks.caseId(),
                marks.helpUrl(),
                whole.host,
                reporter,
                whole.recipientDomain,
                gaveUp && !isDelayed,
                reply.text().substring(0, Math.min(reply.text().length(), Bounce.MOST_TEXT)),
                whole.where);
    }

    /** What the one leaves open and the other says of the same failure. */
    private static Finding complete(Finding one, Finding other) {
        Reply reply = one.reply;
        if (isSameClass(reply, other.reply)) {
            boolean isVague = Codes.isGeneric(reply.status()) && !Codes.isGeneric(other.reply.status());
            reply = new Reply(
                    reply.code() == null ? other.reply.code() : reply.code(),
                    isVague || reply.status() == null ? other.reply.status() : reply.status(),
                    reply.code() == null && other.reply.code() != null ? other.reply.text() : reply.text());
        }
        return new Finding(
                reply,
                one.around,
                one.host == null ? other.host : one.host,
                one.recipientDomain == null ? other.recipientDomain : one.recipientDomain,
                one.where);
    }

    private static boolean isSameClass(Reply one, Reply other) {
        return kind(one) == kind(other) || one.isEmpty();
    }

    private static char kind(Reply reply) {
        if (reply.status() != null) {
            return reply.status().charAt(0);
        }
        return reply.code() == null ? ' ' : reply.code().toString().charAt(0);
    }
}
