package io.weir.mta;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What swaks, a client that mail administrators test with, says of one message.
 *
 * @param exitCode 0 when the message was accepted
 * @param said the whole SMTP session
 */
record Swaks(int exitCode, String said) {
    static final String PROGRAM = "/usr/bin/swaks";

    /**
     * Sends a message to a Postfix that takes its client's word for its address (XCLIENT).
     *
     * @param more options of swaks
     */
    static Swaks send(int port, String address, String from, String to, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                PROGRAM,
                "--server",
                "127.0.0.1:" + port,
                "--helo",
                "client.example.net",
                "--xclient-addr",
                address,
                "--from",
                from,
                "--to",
                to));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Swaks(process.waitFor(), said);
    }

    boolean isAccepted() {
        return exitCode == 0;
    }
}
