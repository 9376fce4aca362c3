package io.weir.mta;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A content filter in miniature: a milter that looks at a message when it is complete, and refuses those from {@link #SPAMMER}. */
final class LateRefusal {
    static final String SPAMMER = "spammer@sender.example.net";
    static final String REPLY = "550 5.7.1 looks like spam";

    private static final int VERSION = 6;

    private LateRefusal() {}

    static LoopbackServer start() throws IOException {
        return LoopbackServer.start("late-refusal", LateRefusal::serve);
    }

    private static void serve(Socket mta) throws IOException {
        DataInputStream in = new DataInputStream(mta.getInputStream());
        DataOutputStream out = new DataOutputStream(mta.getOutputStream());
        boolean isSpam = false;
        try {
            while (true) {
                byte[] packet = in.readNBytes(in.readInt());
                switch (packet[0]) {
                    case 'O' -> {
                        // Nothing is changed, and nothing left out.
                        out.writeInt(1 + 3 * Integer.BYTES);
                        out.write('O');
                        out.writeInt(VERSION);
                        out.writeInt(0);
                        out.writeInt(0);
                    }
                    case 'M' -> {
                        isSpam = new String(packet, StandardCharsets.US_ASCII).contains(SPAMMER);
                        reply(out, "c");
                    }
                    case 'E' -> reply(out, isSpam ? "y" + REPLY + "\0" : "c");
                    case 'C', 'H', 'R', 'T', 'L', 'N', 'B', 'U' -> reply(out, "c");
                    // Macros, and what ends a message or the session, have no answer.
                    default -> {}
                }
            }
        } catch (EOFException e) {
            // The session is over.
            return;
        }
    }

    private static void reply(DataOutputStream out, String said) throws IOException {
        byte[] packet = said.getBytes(StandardCharsets.US_ASCII);
        out.writeInt(packet.length);
        out.write(packet);
    }
}
