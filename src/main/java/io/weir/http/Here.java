package io.weir.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.weir.engine.Answer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What this engine answers itself; for all else the response says who does, or when to ask again. */
final class Here {
    private Here() {}

    /** The value when this engine has it; otherwise the response says who does, and this is null. */
    static <T> @Nullable T value(Context response, Answer<T> answer) {
        if (answer instanceof Answer.Local<T> local) {
            return local.value();
        }
        if (answer instanceof Answer.Remote<T> remote) {
            elsewhere(response, remote.host(), remote.port());
        } else if (answer instanceof Answer.Unavailable<T> unavailable) {
            unavailable(response, unavailable.reason(), unavailable.retryAfter());
        }
        return null;
    }

    static void unavailable(Context response, String reason, Duration retryAfter) {
        response.header("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        new Problem(HttpStatus.SERVICE_UNAVAILABLE, reason + "; try again").writeTo(response);
    }

    /** Sends whoever asks there, unless the other engine has told nobody an address at which anybody else can reach it. */
    private static void elsewhere(Context response, String host, int port) {
        String there = (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
        String detail = "this is known to the engine at " + there;
        if (isLoopback(host)) {
            new Problem(HttpStatus.MISDIRECTED_REQUEST, detail + ", which has no http.advertised").writeTo(response);
        } else {
            response.header("Location", "http://" + there + response.path());
            new Problem(HttpStatus.TEMPORARY_REDIRECT, detail).writeTo(response);
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // Whoever asks may know the name; we do not.
            return false;
        }
    }
}
