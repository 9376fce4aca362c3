package io.weir.edge;

import io.weir.model.Mode;
import io.weir.model.Verdict;
import io.weir.model.Verdict.Action;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Verdicts as few bytes: an edge keeps a million of them, and looks at one now and then. What decides whether a verdict still holds stands in
 * front, at fixed places; the client is not in it, since whoever keeps one has it as its key. Texts that recur are numbers into a list.
 *
 * <p>Any number of threads may read what one at a time writes.
 */
final class PackedVerdicts {
    /** A site has a handful of rules and a dozen reasons. Beyond this, texts are kept with each verdict. */
    private static final int MOST_TEXTS = 1_000;

    private static final int SEQ_AT = 1;
    private static final int EXPIRES_AT = SEQ_AT + Long.BYTES;
    private static final int ADMIT_AT = EXPIRES_AT + Long.BYTES;
    private static final int REST_AT = ADMIT_AT + Long.BYTES;

    private static final Action[] ACTIONS = Action.values();
    private static final Mode[] MODES = Mode.values();

    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    /** Only ever extended, as a copy: whoever sees a verdict sees its texts. */
    private volatile String[] texts = new String[0];

    byte[] pack(Verdict verdict) {
        Out out = new Out();
        out.one(verdict.action().ordinal() * MODES.length + verdict.mode().ordinal());
        out.eight(verdict.seq());
        out.eight(verdict.expiresAtMs());
        out.eight(Double.doubleToRawLongBits(verdict.admit()));
        out.number(verdict.replyCode());
        shared(out, verdict.enhancedStatusCode());
        out.number(verdict.as());
        shared(out, verdict.reason());
        out.text(verdict.caseId());
        out.number(verdict.horizonMs());
        out.number(verdict.observed());
        out.number(verdict.record());
        out.number(verdict.allowance());
        out.number(verdict.exempt().size());
        verdict.exempt().forEach(out::text);
        out.number(verdict.floor());
        out.number(verdict.decidedAtMs());
        shared(out, verdict.rules());
        return out.bytes();
    }

    Verdict unpack(String client, byte[] packed) {
        In in = new In(packed, REST_AT);
        int replyCode = (int) in.number();
        String enhancedStatusCode = shared(in);
        int as = (int) in.number();
        String reason = shared(in);
        String caseId = in.text();
        long horizonMs = in.number();
        long observed = in.number();
        long record = in.number();
        long allowance = in.number();
        List<String> exempt = exempt(in);
        int floor = (int) in.number();
        long decidedAtMs = in.number();
        return new Verdict(
                client,
                action(packed),
                MODES[packed[0] % MODES.length],
                Double.longBitsToDouble(eight(packed, ADMIT_AT)),
                replyCode,
                enhancedStatusCode,
                as,
                reason,
                caseId,
                horizonMs,
                observed,
                record,
                allowance,
                exempt,
                floor,
                decidedAtMs,
                expiresAtMs(packed),
                seq(packed),
                shared(in));
    }

    static Action action(byte[] packed) {
        return ACTIONS[packed[0] / MODES.length];
    }

    static long seq(byte[] packed) {
        return eight(packed, SEQ_AT);
    }

    static long expiresAtMs(byte[] packed) {
        return eight(packed, EXPIRES_AT);
    }

    private static List<String> exempt(In in) {
        int count = (int) in.number();
        if (count == 0) {
            return List.of();
        }
        List<String> exempt = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            exempt.add(in.text());
        }
        return exempt;
    }

    /** Its number from 1 on; or 0, and the text itself. */
    private void shared(Out out, String text) {
        Integer known = numbers.get(text);
        if (known != null) {
            out.number(known);
        } else if (texts.length < MOST_TEXTS) {
            out.number(learn(text));
        } else {
            out.number(0);
            out.text(text);
        }
    }

    private synchronized int learn(String text) {
        String[] known = texts;
        String[] more = new String[known.length + 1];
        System.arraycopy(known, 0, more, 0, known.length);
        more[known.length] = text;
        texts = more;
        numbers.put(text, more.length);
        return more.length;
    }

    private String shared(In in) {
        int number = (int) in.number();
        return number == 0 ? in.text() : texts[number - 1];
    }

    private static long eight(byte[] bytes, int at) {
        long value = 0;
        for (int i = at; i < at + Long.BYTES; i++) {
            value = (value << 8) | (bytes[i] & 0xff);
        }
        return value;
    }

    /** Numbers seven bits a byte, the lowest first; texts with their length before them. */
    private static final class Out {
        private byte[] bytes = new byte[128];
        private int length;

        void one(int value) {
            room(1);
            bytes[length++] = (byte) value;
        }

        void eight(long value) {
            for (int shift = 56; shift >= 0; shift -= 8) {
                one((int) (value >>> shift));
            }
        }

        void number(long value) {
            long left = value;
            while ((left & ~0x7fL) != 0) {
                one((int) ((left & 0x7f) | 0x80));
                left >>>= 7;
            }
            one((int) left);
        }

        void text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            number(utf8.length);
            room(utf8.length);
            System.arraycopy(utf8, 0, bytes, length, utf8.length);
            length += utf8.length;
        }

        private void room(int more) {
            if (length + more > bytes.length) {
                byte[] larger = new byte[Math.max(2 * bytes.length, length + more)];
                System.arraycopy(bytes, 0, larger, 0, length);
                bytes = larger;
            }
        }

        byte[] bytes() {
            byte[] exact = new byte[length];
            System.arraycopy(bytes, 0, exact, 0, length);
            return exact;
        }
    }

    private static final class In {
        private final byte[] bytes;
        private int at;

        In(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        long number() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes[at++];
                value |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        String text() {
            int length = (int) number();
            String text = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            return text;
        }
    }
}
