package io.weir.explain;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * By what a site is known in a bounce.
 *
 * @param hosts names of its mail servers, or domains that they are in; lower case
 * @param helpUrl what its replies print before the case, without a slash at the end; null when they print the case alone
 */
public record Site(List<String> hosts, @Nullable String helpUrl) {
    /** Of which nothing is known. */
    public static final Site NONE = new Site(List.of(), null);

    public Site {
        hosts = List.copyOf(hosts);
    }

    public static Site of(Collection<String> hosts, @Nullable String helpUrl) {
        return new Site(
                hosts.stream()
                        .map(host -> host.strip().toLowerCase(Locale.ROOT).replaceFirst("\\.$", ""))
                        .filter(host -> !host.isEmpty())
                        .toList(),
                helpUrl);
    }

    boolean isOurs(@Nullable String host) {
        return host != null && hosts.stream().anyMatch(name -> isWithin(host, name));
    }

    /** Any page of the same server: sites move their help. */
    boolean isOurHelp(@Nullable String url) {
        String host = hostOf(url);
        return host != null && host.equals(hostOf(helpUrl));
    }

    static boolean isWithin(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain);
    }

    private static @Nullable String hostOf(@Nullable String url) {
        if (url == null) {
            return null;
        }
        try {
            String host = URI.create(url).getHost();
            return host == null ? null : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
