package io.weir.engine;

/**
 * Where an engine answers questions.
 *
 * @param host name or IP address; one of IPv6 without brackets
 */
public record EngineAddress(String host, int port) {
    public EngineAddress {
        host = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** What {@link #text()} made. */
    public static EngineAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        return new EngineAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    /** {@code HOST:PORT}, as it stands in a URL. */
    public String text() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
