package io.weir.replay;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/**
 * A Postfix log of any length, made while it is read, the same for the same seed: sessions of many clients on some processes, of which about
 * half are refused, a third bring mail to one to three recipients, and the rest are broken off. Counts what a reader must find.
 */
public final class GeneratedLog extends InputStream {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long BEGIN = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
    private static final int SESSIONS_PER_SECOND = 12;

    private final long bytes;
    private final int addresses;
    private final Random dice = new Random(7);
    private final StringBuilder text = new StringBuilder(1024);
    private byte[] ready = new byte[0];
    private int position;
    private String stamp = "";

    private long made;
    private long sessions;
    private long lines;
    private long admitted;
    private long recipients;
    private long refused;
    private long bare;

    /** @param bytes at least so many, up to the end of a session */
    public GeneratedLog(long bytes, int addresses) {
        this.bytes = bytes;
        this.addresses = addresses;
    }

    public long lines() {
        return lines;
    }

    /** Messages. */
    public long admitted() {
        return admitted;
    }

    public long recipients() {
        return recipients;
    }

    public long refused() {
        return refused;
    }

    /** Connections without an attempt. */
    public long bare() {
        return bare;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) {
        if (position == ready.length) {
            if (made >= bytes) {
                return -1;
            }
            session();
        }
        int count = Math.min(most, ready.length - position);
        System.arraycopy(ready, position, into, from, count);
        position += count;
        return count;
    }

    private void session() {
        if (sessions % SESSIONS_PER_SECOND == 0) {
            stamp = STAMP.format(Instant.ofEpochSecond(BEGIN + sessions / SESSIONS_PER_SECOND));
        }
        sessions++;
        text.setLength(0);
        int address = dice.nextInt(addresses);
        String client = "client" + address + ".example.net[" + (16 + (address >> 16)) + "." + (address >> 8 & 255) + "."
                + (address & 255) + ".7]";
        int process = 1000 + dice.nextInt(500);
        smtpd(process, "connect from " + client);
        switch (dice.nextInt(6)) {
            case 0, 1, 2 -> refused(process, client);
            case 3, 4 -> admitted(process, client);
            default -> {
                smtpd(process, "lost connection after AUTH from " + client);
                bare++;
            }
        }
        smtpd(process, "disconnect from " + client + " ehlo=1 mail=1 rcpt=0/1 commands=2/3");
        if (sessions % 50 == 0) {
            line("anvil[99]: statistics: max connection rate 2/60s for (smtp:203.0.113.7) at Oct 22 02:12:45");
        }
        ready = text.toString().getBytes(StandardCharsets.US_ASCII);
        position = 0;
        made += ready.length;
    }

    private void refused(int process, String client) {
        if (dice.nextBoolean()) {
            smtpd(
                    process,
                    "warning: hostname x.example.net does not resolve to address 203.0.113.7: Name or service not known");
        }
        smtpd(
                process,
                "NOQUEUE: reject: RCPT from " + client + ": 550 5.1.1 <user" + sessions
                        + "@example.com>: Recipient address rejected: User unknown in relay recipient table; from=<bulk@sender.example> to=<user"
                        + sessions + "@example.com> proto=ESMTP helo=<mail.sender.example>");
        refused++;
    }

    private void admitted(int process, String client) {
        String id = Long.toHexString(0x100000000L + sessions).toUpperCase(Locale.ROOT);
        int to = 1 + dice.nextInt(3);
        smtpd(process, id + ": client=" + client);
        line("cleanup[77]: " + id + ": message-id=<" + sessions + ".4711@sender.example>");
        line("qmgr[78]: " + id + ": from=<someone@sender.example>, size=" + (2000 + dice.nextInt(90_000)) + ", nrcpt="
                + to + " (queue active)");
        for (int i = 0; i < to; i++) {
            line("lmtp[79]: " + id + ": to=<user" + i
                    + "@example.com>, relay=mail.example.com[private/dovecot-lmtp], delay=0.35, delays=0.26/0/0/0.09, dsn=2.0.0,"
                    + " status=sent (250 2.0.0 <user@example.com> 8h2UKMX4A9 Saved)");
        }
        line("qmgr[78]: " + id + ": removed");
        admitted++;
        recipients += to;
    }

    private void smtpd(int process, String said) {
        line("smtpd[" + process + "]: " + said);
    }

    private void line(String said) {
        text.append(stamp).append(" mx1 postfix/").append(said).append('\n');
        lines++;
    }
}
