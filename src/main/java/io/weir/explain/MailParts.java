package io.weir.explain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;

/**
 * The parts of a bounce that speak of the failure.
 *
 * @param statuses delivery status parts
 * @param notices text for people
 */
record MailParts(List<String> statuses, List<String> notices) {
    private static final int MOST_PARTS = 64;
    private static final int MOST_DEPTH = 12;
    private static final int MOST_HEADER = 32 * 1024;
    private static final int MOST_HEADERS = 500;

    private static final MimeConfig LIMITS = MimeConfig.custom()
            .setMaxLineLen(-1)
            .setMaxHeaderLen(MOST_HEADER)
            .setMaxHeaderCount(MOST_HEADERS)
            .setMaxContentLen(Bounce.MOST_BYTES)
            .build();

    /** Never fails: what breaks off leaves what came before. */
    static MailParts of(byte[] mail) {
        MailParts parts = new MailParts(new ArrayList<>(), new ArrayList<>());
        MimeTokenStream stream = new MimeTokenStream(LIMITS);
        try {
            stream.parse(new ByteArrayInputStream(mail));
            new Walk(stream, parts).go();
        } catch (IOException | MimeException | RuntimeException e) {
            // A stranger's bytes in a stranger's parser: whatever it throws, the parts before are good.
            return parts;
        }
        return parts;
    }

    /**
     * Goes through a mail. A message within a report is the one that bounced, and of no interest; a message within anything else may be a bounce
     * that somebody forwards.
     */
    private static final class Walk {
        private final MimeTokenStream stream;
        private final MailParts parts;
        private final Deque<String> multiparts = new ArrayDeque<>();
        /** Depth of messages that are skipped. */
        private int skipped;

        private int seen;

        Walk(MimeTokenStream stream, MailParts parts) {
            this.stream = stream;
            this.parts = parts;
        }

        void go() throws IOException, MimeException {
            int messages = 0;
            for (EntityState state = stream.getState(); state != EntityState.T_END_OF_STREAM; state = stream.next()) {
                switch (state) {
                    case T_START_MULTIPART ->
                        multiparts.push(stream.getBodyDescriptor().getMimeType());
                    case T_END_MULTIPART -> multiparts.poll();
                    case T_START_MESSAGE -> {
                        messages++;
                        if (messages > 1 && (skipped > 0 || isReported())) {
                            skipped++;
                        }
                    }
                    case T_END_MESSAGE -> {
                        messages--;
                        skipped = Math.max(0, skipped - 1);
                    }
                    case T_BODY -> body(stream.getBodyDescriptor());
                    default -> {}
                }
                if (seen > MOST_PARTS || multiparts.size() + messages > MOST_DEPTH) {
                    return;
                }
            }
        }

        /** Whether what is around it says what failed, so that the message within is the one that did. */
        private boolean isReported() {
            return "multipart/report".equals(multiparts.peek()) || !parts.statuses.isEmpty();
        }

        private void body(BodyDescriptor part) throws IOException {
            seen++;
            String type = part.getMimeType();
            boolean isStatus = type.endsWith("/delivery-status") || type.endsWith("/global-delivery-status");
            if (skipped > 0 || !(isStatus || type.equals("text/plain") || type.equals("text/html"))) {
                return;
            }
            String text;
            try (InputStream in = stream.getDecodedInputStream()) {
                text = Lines.decode(in.readNBytes(Lines.MOST_TEXT), part.getCharset());
            }
            if (isStatus) {
                parts.statuses.add(text);
            } else {
                parts.notices.add(type.equals("text/html") ? Lines.withoutTags(text) : text);
            }
        }
    }
}
