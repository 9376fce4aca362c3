package io.weir.simulate.defence;

import io.weir.model.ClientAddress;
import io.weir.simulate.Mail;
import io.weir.simulate.Reply;
import io.weir.simulate.Spans;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Greylisting per address, as postgrey has it with --lookup-by-host: a client, sender and recipient that were not seen together before are
 * deferred until {@code delay} is over; a client is let through for good after so many deliveries of which only one an hour counts
 * (--auto-whitelist-clients), until it has not been seen for 35 days (--max-age). A first retry later than 2 days counts as new
 * (--retry-window). Each message here has a recipient of its own, so that no triplet is known from an earlier one.
 */
final class GreylistDefence implements Defence {
    private static final long MAX_AGE_MS = 35 * Spans.DAY_MS;
    private static final long RETRY_WINDOW_MS = 2 * Spans.DAY_MS;
    private static final int MOST_TRIPLETS = 500_000;

    private final long delayMs;
    private final int whitelistAfter;
    private final Map<Triplet, Long> firstSeen = new LinkedHashMap<>();
    private final Map<String, Client> clients = new HashMap<>();

    private record Triplet(String client, String recipient) {}

    private static final class Client {
        private int deliveries;
        private long countedMs;
        private long seenMs;
    }

    /** @param whitelistAfter 0 for never */
    GreylistDefence(long delayMs, int whitelistAfter) {
        this.delayMs = delayMs;
        this.whitelistAfter = whitelistAfter;
    }

    @Override
    public int memoryDays() {
        return 35;
    }

    @Override
    public Reply answer(Mail mail) {
        long now = mail.dueMs();
        ClientAddress address = mail.client();
        Client client = clients.computeIfAbsent(address.sender().text(), first -> new Client());
        if (now - client.seenMs > MAX_AGE_MS) {
            client.deliveries = 0;
        }
        client.seenMs = now;
        if (whitelistAfter > 0 && client.deliveries >= whitelistAfter) {
            return Reply.passed(mail);
        }
        Triplet triplet = new Triplet(address.sender().text(), mail.firstRecipient());
        Long first = firstSeen.get(triplet);
        if (first == null || now - first > RETRY_WINDOW_MS) {
            firstSeen.put(triplet, now);
            forgetEldest();
            return delayMs > 0 ? Reply.DEFERRED : Reply.passed(mail);
        }
        if (now - first < delayMs) {
            return Reply.DEFERRED;
        }
        firstSeen.remove(triplet);
        if (client.deliveries == 0 || now - client.countedMs >= Spans.HOUR_MS) {
            client.deliveries++;
            client.countedMs = now;
        }
        return Reply.passed(mail);
    }

    private void forgetEldest() {
        if (firstSeen.size() > MOST_TRIPLETS) {
            firstSeen.remove(firstSeen.keySet().iterator().next());
        }
    }
}
