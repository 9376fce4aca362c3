package io.weir.replay.log;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is open between sendmail's lines: attempts whose client is not named yet, messages that a filter may still refuse. */
final class SendmailTables {
    /** A filter's word about a complete message comes within its own patience; most take well under a second. */
    private static final long FILTER_MS = 60_000;
    /** Refused recipients that are told apart in one message; beyond, each line counts. */
    private static final int MOST_TOLD_APART = 100;

    private final BoundedTable<Attempt> attempts;
    private final BoundedTable<Held> held;
    /** By process, the client that has authenticated: sendmail has a process for each connection. */
    private final BoundedTable<String> authenticated;

    /** What became of a message's recipients before the line that names the client. */
    static final class Attempt {
        /** Hashes of recipients that were refused in lines without a client. */
        final Set<Integer> unnamed = new HashSet<>();
        /** Hashes of those whose refusal was told by a line that names the client. */
        final Set<Integer> told = new HashSet<>();

        int refused;
        int deferred;
        boolean abandoned;

        /** @return false when another line has told the same */
        boolean refuse(String recipient) {
            int hash = recipient.hashCode();
            boolean news = !told.contains(hash) && (unnamed.size() >= MOST_TOLD_APART || unnamed.add(hash));
            refused += news ? 1 : 0;
            return news;
        }

        /** @return false when another line has told the same */
        boolean tell(String recipient) {
            int hash = recipient.hashCode();
            return !unnamed.contains(hash) && (told.size() >= MOST_TOLD_APART || told.add(hash));
        }
    }

    /** A message that was received whole. */
    record Held(LogClient client, String host, int recipients, long bytes, boolean nullSender, long untilMs) {
        ConnectionEvent event(long timeMs, Outcome outcome) {
            return client.message(host, timeMs, outcome, recipients, bytes, nullSender);
        }
    }

    SendmailTables(LogReader.Bounds bounds) {
        this.attempts = new BoundedTable<>(bounds.transactions());
        this.held = new BoundedTable<>(bounds.transactions());
        this.authenticated = new BoundedTable<>(bounds.sessions());
    }

    Attempt attempt(SyslogLine line, String id) {
        return attempts.computeIfAbsent(key(line, id), key -> new Attempt());
    }

    @Nullable
    Attempt endAttempt(SyslogLine line, String id) {
        return attempts.remove(key(line, id));
    }

    void hold(SyslogLine line, String id, LogClient client, int recipients, long bytes, boolean nullSender) {
        held.remove(key(line, id));
        held.put(
                key(line, id), new Held(client, line.host(), recipients, bytes, nullSender, line.timeMs() + FILTER_MS));
    }

    @Nullable
    Held release(SyslogLine line, String id) {
        return held.remove(key(line, id));
    }

    /** Those that no filter has refused in time: they were accepted. */
    List<ConnectionEvent> due(long nowMs, boolean end) {
        if (held.isEmpty()) {
            return List.of();
        }
        List<ConnectionEvent> due = new ArrayList<>();
        Iterator<Held> oldest = held.values().iterator();
        while (oldest.hasNext()) {
            Held next = oldest.next();
            if (!end && next.untilMs() > nowMs) {
                break;
            }
            oldest.remove();
            due.add(next.event(nowMs, Outcome.ADMITTED));
        }
        return due;
    }

    void authenticate(SyslogLine line, String address) {
        authenticated.remove(line.process());
        authenticated.put(line.process(), address);
    }

    /** Process ids come again: it must be the same client. */
    boolean isAuthenticated(SyslogLine line, String address) {
        return address.equals(authenticated.get(line.process()));
    }

    long open() {
        return (long) attempts.size() + held.size();
    }

    long forgotten() {
        return attempts.forgotten() + held.forgotten();
    }

    void save(StateWriter to) throws IOException {
        to.number(attempts.size());
        for (Map.Entry<String, Attempt> entry : attempts.entrySet()) {
            to.text(entry.getKey());
            to.numbers(entry.getValue().unnamed);
            to.numbers(entry.getValue().told);
            to.number(entry.getValue().refused);
            to.number(entry.getValue().deferred);
            to.flag(entry.getValue().abandoned);
        }
        to.number(held.size());
        for (Map.Entry<String, Held> entry : held.entrySet()) {
            Held message = entry.getValue();
            to.text(entry.getKey());
            message.client().save(to);
            to.text(message.host());
            to.number(message.recipients());
            to.number(message.bytes());
            to.flag(message.nullSender());
            to.number(message.untilMs());
        }
        to.number(authenticated.size());
        for (Map.Entry<String, String> entry : authenticated.entrySet()) {
            to.text(entry.getKey());
            to.text(entry.getValue());
        }
    }

    void load(StateReader from, LogClient.Names clients) throws IOException {
        for (long left = from.number(); left > 0; left--) {
            String key = from.text();
            Attempt attempt = new Attempt();
            attempt.unnamed.addAll(from.numbers());
            attempt.told.addAll(from.numbers());
            attempt.refused = (int) from.number();
            attempt.deferred = (int) from.number();
            attempt.abandoned = from.flag();
            attempts.put(key, attempt);
        }
        for (long left = from.number(); left > 0; left--) {
            String key = from.text();
            LogClient client = clients.load(from);
            held.put(
                    key, new Held(client, from.text(), (int) from.number(), from.number(), from.flag(), from.number()));
        }
        for (long left = from.number(); left > 0; left--) {
            authenticated.put(from.text(), from.text());
        }
    }

    private static String key(SyslogLine line, String id) {
        return line.host() + " " + id;
    }
}
