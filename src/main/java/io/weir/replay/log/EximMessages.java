package io.weir.replay.log;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages whose recipients Exim tells one by one, as it delivers them. */
final class EximMessages {
    /** Recipients that are told apart in all messages together; an Exim with more of them in its queue counts too few. */
    private static final int MOST_RECIPIENTS = 1_000_000;

    private final BoundedTable<Message> messages;
    private int remembered;

    /** @param recipients hashes of those that were counted */
    record Message(LogClient client, boolean nullSender, Set<Integer> recipients) {}

    EximMessages(LogReader.Bounds bounds) {
        this.messages = new BoundedTable<>(bounds.transactions(), this::release);
    }

    /** One recipient, whichever it is, has been counted. */
    void begin(String key, LogClient client, boolean nullSender) {
        end(key);
        messages.put(key, new Message(client, nullSender, new HashSet<>(2)));
    }

    void end(String key) {
        Message ended = messages.remove(key);
        if (ended != null) {
            release(ended);
        }
    }

    private void release(Message ended) {
        remembered -= ended.recipients.size();
    }

    /** The message, when the recipient is one that was not counted yet. */
    @Nullable
    Message another(String key, String recipient) {
        Message message = messages.get(key);
        if (message == null || remembered >= MOST_RECIPIENTS || !message.recipients.add(recipient.hashCode())) {
            return null;
        }
        remembered++;
        return message.recipients.size() == 1 ? null : message;
    }

    long open() {
        return messages.size();
    }

    long forgotten() {
        return messages.forgotten();
    }

    void save(StateWriter to) throws IOException {
        to.number(messages.size());
        for (Map.Entry<String, Message> entry : messages.entrySet()) {
            to.text(entry.getKey());
            entry.getValue().client.save(to);
            to.flag(entry.getValue().nullSender);
            to.numbers(entry.getValue().recipients);
        }
    }

    void load(StateReader from, LogClient.Names clients) throws IOException {
        for (long left = from.number(); left > 0; left--) {
            String key = from.text();
            Message message = new Message(clients.load(from), from.flag(), new HashSet<>(from.numbers()));
            remembered += message.recipients.size();
            messages.put(key, message);
        }
    }
}
