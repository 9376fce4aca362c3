package io.weir.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.security.RouteRole;
import io.weir.config.AccessTokens;
import io.weir.config.PeerToken;
import io.weir.config.Role;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who may. A token is shown as {@code Authorization: Bearer ...}. An open port lets in who shows none, but no web page that somebody on this
 * machine happens to look at, and nobody for whom a proxy asks: a browser names the page in {@code Origin} and the name that it went to in
 * {@code Host}, which must be this machine's own.
 */
final class Admission {
    private static final String CALLER = "weir.caller";
    private static final String BEARER = "Bearer ";
    private static final Caller LOCAL = new Caller("local", Role.OPERATE);
    private static final Caller PEER = new Caller("engine", Role.READ);
    private static final List<String> PROXIED = List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");
    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]+");

    private final AccessTokens tokens;
    private final boolean open;
    private final PeerToken peer;
    private final boolean isRemote;

    private Admission(AccessTokens tokens, boolean open, PeerToken peer, boolean isRemote) {
        this.tokens = tokens;
        this.open = open;
        this.peer = peer;
        this.isRemote = isRemote;
    }

    /**
     * How it is decided.
     *
     * @param open whether whoever reaches a port on loopback needs no token
     * @param isRemote whether other machines reach the port
     */
    static Admission of(AccessTokens tokens, boolean open, PeerToken peer, boolean isRemote) {
        return new Admission(tokens, open && !isRemote, peer, isRemote);
    }

    /** @throws ProblemException when who asks may not */
    void admit(Context request) {
        for (RouteRole role : request.routeRoles()) {
            Caller caller = caller(request, (Right) role);
            if (caller != null) {
                request.attribute(CALLER, caller);
            }
        }
    }

    private @Nullable Caller caller(Context request, Right right) {
        return switch (right) {
            case ANYBODY -> holder(request).orElse(null);
            case EDGE -> null;
            case METRICS -> isRemote ? require(request, Role.READ) : null;
            case READ -> isPeer(request) ? PEER : require(request, Role.READ);
            case OPERATE -> require(request, Role.OPERATE);
            case PEER -> requirePeer(request);
        };
    }

    /** Who was let in. */
    static Caller callerOf(Context request) {
        return Objects.requireNonNull(request.<Caller>attribute(CALLER), "no caller");
    }

    /** Who showed a token or was let in without; null when that is nobody who is known. */
    static @Nullable Caller knownCallerOf(Context request) {
        return request.attribute(CALLER);
    }

    /** Whether another engine asks, which bounds the rate itself. */
    boolean isPeer(Context request) {
        String shown = request.header("Authorization");
        return shown != null && peer.isShownBy(shown);
    }

    private Caller requirePeer(Context request) {
        if (!isPeer(request)) {
            throw unauthorized(request, "this is for the other engines of the site");
        }
        return PEER;
    }

    private Caller require(Context request, Role needed) {
        String shown = request.header("Authorization");
        if (shown == null && open) {
            requireOwn(request);
            return LOCAL;
        }
        if (shown == null) {
            throw unauthorized(
                    request,
                    tokens.isEmpty()
                            ? "this takes a token, and no token is known here; 'weir token create' makes one, http.tokens.file makes it"
                                    + " known"
                            : "this takes a token, as 'Authorization: Bearer ...'");
        }
        Caller caller = holder(request).orElseThrow(() -> unauthorized(request, "this token is not known here"));
        if (!caller.role().covers(needed)) {
            Audit.refused(request, caller.name(), "its role is " + caller.role().label());
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "the token of " + caller.name() + " may " + caller.role().label() + "; this takes "
                            + needed.label());
        }
        return caller;
    }

    /** Whose token is shown; empty when there is none that is known. */
    private Optional<Caller> holder(Context request) {
        String shown = request.header("Authorization");
        return shown == null || !shown.startsWith(BEARER)
                ? Optional.empty()
                : tokens.holderOf(shown.substring(BEARER.length()))
                        .map(holder -> new Caller(holder.name(), holder.role()));
    }

    private static ProblemException unauthorized(Context request, String detail) {
        if (!request.method().name().equals("GET")) {
            Audit.refused(request, "-", "no known token");
        }
        return new ProblemException(HttpStatus.UNAUTHORIZED, detail, Map.of("WWW-Authenticate", "Bearer"));
    }

    private static void requireOwn(Context request) {
        String host = request.header("Host");
        if (host == null || !isOwn(PORT.matcher(host).replaceFirst(""))) {
            throw new ProblemException(
                    HttpStatus.MISDIRECTED_REQUEST,
                    "without a token this port is asked as localhost or 127.0.0.1, on this machine");
        }
        if (isForeign(request, host)) {
            throw new ProblemException(HttpStatus.FORBIDDEN, "a page of another site may not ask here");
        }
        for (String header : PROXIED) {
            if (request.header(header) != null) {
                throw new ProblemException(
                        HttpStatus.FORBIDDEN, "who asks through a proxy takes a token, as 'Authorization: Bearer ...'");
            }
        }
    }

    /** Whether a browser asks for a page that did not come from here. */
    private static boolean isForeign(Context request, String host) {
        String origin = request.header("Origin");
        if (origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host)) {
            return true;
        }
        String site = request.header("Sec-Fetch-Site");
        return "cross-site".equals(site) || "same-site".equals(site);
    }

    private static boolean isOwn(String host) {
        String name = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (name.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            // An address, so that no name is looked up.
            return ADDRESS.matcher(name).matches()
                    && InetAddress.getByName(name).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
