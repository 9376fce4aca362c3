package io.weir.mta;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Says yes to one user: the part of Dovecot that Postfix asks whether a client may log in (its authentication protocol, version 1.1), with the
 * mechanism PLAIN alone.
 */
final class LoginServer {
    static final String USER = "mara";
    static final String PASSWORD = "not a secret";

    private static final String GREETING = """
            VERSION\t1\t1
            MECH\tPLAIN\tplaintext
            SPID\t1
            CUID\t1
            COOKIE\t00000000000000000000000000000000
            DONE
            """;
    private static final String RESPONSE = "resp=";

    private LoginServer() {}

    static LoopbackServer start() throws IOException {
        return LoopbackServer.start("login-server", LoginServer::serve);
    }

    private static void serve(Socket client) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(GREETING.getBytes(StandardCharsets.US_ASCII));
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split("\t");
            if (words[0].equals("AUTH")) {
                String answer = isRight(line) ? "OK" : "FAIL";
                out.write((answer + "\t" + words[1] + "\tuser=" + USER + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static boolean isRight(String request) {
        int response = request.indexOf(RESPONSE);
        String plain = response < 0
                ? ""
                : new String(
                        Base64.getDecoder().decode(request.substring(response + RESPONSE.length())),
                        StandardCharsets.UTF_8);
        return plain.equals("\0" + USER + "\0" + PASSWORD);
    }
}
