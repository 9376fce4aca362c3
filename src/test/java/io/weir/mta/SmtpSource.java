package io.weir.mta;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Postfix's load generator. */
final class SmtpSource {
    static final String PROGRAM = "/usr/sbin/smtp-source";

    private SmtpSource() {}

    /**
     * Sends so many messages, each to a recipient of its own: the address with a number before it. What is not accepted is given up.
     *
     * @param sessions at a time; each message has one of its own
     * @throws IOException when it ends with an error
     */
    static void send(int port, String from, String to, int messages, int sessions)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        PROGRAM,
                        "-A", // goes on after a reply it does not like
                        "-d", // a session for each message
                        "-N",
                        "-M",
                        "client.example.net",
                        "-s",
                        Integer.toString(sessions),
                        "-m",
                        Integer.toString(messages),
                        "-f",
                        from,
                        "-t",
                        to,
                        "127.0.0.1:" + port)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("smtp-source: " + said);
        }
    }
}
