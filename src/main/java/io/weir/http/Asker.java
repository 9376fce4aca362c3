package io.weir.http;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** From which address somebody asks. */
final class Asker {
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private Asker() {}

    /** A proxy on this machine says for whom it asks; anybody else's word for that is worth nothing. May be no address at all. */
    static String addressOf(Context request) {
        String peer = request.ip();
        String forwarded = request.header(FORWARDED_FOR);
        if (forwarded == null || !isLoopback(peer)) {
            return peer;
        }
        return forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
