package io.weir.cli;

import io.weir.model.ClientAddress;
import io.weir.model.NetworkMap;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The networks that an SPF record (RFC 7208) lets pass.
 *
 * <p>{@code ip4}, {@code ip6}, {@code a}, {@code mx}, {@code include} and {@code redirect} are followed. With a qualifier other than
 * {@code +} a mechanism passes nothing. What depends on the mail at hand ({@code ptr}, {@code exists}, macros) is no network.
 *
 * @param networks in the order in which they are named, each once
 * @param remarks what was left out, and why
 */
record SpfNetworks(List<String> networks, List<String> remarks) {
    /** Mechanisms and modifiers that ask, at most; RFC 7208, 4.6.4. */
    static final int MOST_LOOKUPS = 10;
    /** Hosts of an mx mechanism; the same. */
    private static final int MOST_HOSTS = 10;

    private static final Pattern TERM = Pattern.compile("([+?~-]?)([A-Za-z0-9]+)(?::([^/]+|[0-9A-Fa-f:.]+))?(/.*)?");

    /**
     * Reads a record's text.
     *
     * @throws SpfException when it is none, or refers to others
     */
    static SpfNetworks ofRecord(String record) {
        Reading reading = new Reading(null);
        reading.record(record.trim(), "the record");
        return reading.result();
    }

    /**
     * Reads the record of a domain and what it refers to.
     *
     * @throws SpfException when there is none, it cannot be read, or takes more than {@value #MOST_LOOKUPS} look-ups
     */
    static SpfNetworks ofDomain(String domain, SpfResolver resolver) {
        Reading reading = new Reading(resolver);
        reading.domain(domain);
        return reading.result();
    }

    /** One walk through a record and those it refers to. */
    private static final class Reading {
        private final @Nullable SpfResolver resolver;
        private final Set<String> networks = new LinkedHashSet<>();
        private final List<String> remarks = new ArrayList<>();
        private final Set<String> domains = new LinkedHashSet<>();
        private int lookups;

        private Reading(@Nullable SpfResolver resolver) {
            this.resolver = resolver;
        }

        SpfNetworks result() {
            return new SpfNetworks(List.copyOf(networks), List.copyOf(remarks));
        }

        void domain(String domain) {
            String name = domain.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
            if (!domains.add(name)) {
                throw new SpfException(name + " refers to itself through " + String.join(", ", domains));
            }
            List<String> records = resolver(name).ask(name, "TXT").stream()
                    .filter(text -> text.equals("v=spf1") || text.startsWith("v=spf1 "))
                    .toList();
            if (records.size() != 1) {
                throw new SpfException(name + " has " + records.size() + " SPF records; one is needed");
            }
            record(records.get(0), name);
            domains.remove(name);
        }

        void record(String record, String of) {
            if (!record.equals("v=spf1") && !record.startsWith("v=spf1 ")) {
                throw new SpfException(of + " is no SPF record: it must begin with v=spf1");
            }
            String redirect = null;
            boolean hasAll = false;
            for (String term : record.substring("v=spf1".length()).trim().split(" +", -1)) {
                if (term.toLowerCase(Locale.ROOT).startsWith("redirect=")) {
                    redirect = term.substring("redirect=".length());
                } else if (!term.isEmpty() && !term.matches("[A-Za-z][A-Za-z0-9._-]*=.*")) {
                    hasAll |= mechanism(term, of);
                }
            }
            if (redirect != null && !hasAll) {
                refer("redirect=" + redirect, redirect, of);
            }
        }

        /** Whether it was "all", behind which nothing counts. */
        private boolean mechanism(String term, String of) {
            Matcher parts = TERM.matcher(term);
            String kind = parts.matches() ? parts.group(2).toLowerCase(Locale.ROOT) : "";
            if (kind.equals("all")) {
                if (term.equals("all") || term.startsWith("+")) {
                    remarks.add(of + " lets everybody pass ('" + term + "'): left out");
                }
                return true;
            }
            if (parts.matches() && !parts.group(1).isEmpty() && !parts.group(1).equals("+")) {
                remarks.add(of + ": '" + term + "' does not pass: left out");
                return false;
            }
            String value = parts.matches() && parts.group(3) != null ? parts.group(3) : "";
            String bits = parts.matches() && parts.group(4) != null ? parts.group(4) : "";
            switch (kind) {
                case "ip4", "ip6" -> network(value + bits, term, of);
                case "a" -> hosts(List.of(value.isEmpty() ? of : value), bits, term, of);
                case "mx" -> mx(value.isEmpty() ? of : value, bits, term, of);
                case "include" -> refer(term, value, of);
                case "ptr", "exists" -> remarks.add(of + ": '" + term + "' cannot be told in networks: left out");
                default -> throw new SpfException(of + " cannot be read at '" + term + "'");
            }
            return false;
        }

        private void network(String text, String term, String of) {
            try {
                networks.add(NetworkMap.masked(text));
            } catch (IllegalArgumentException e) {
                throw new SpfException(of + " cannot be read at '" + term + "'", e);
            }
        }

        private void refer(String term, String domain, String of) {
            if (domain.isEmpty()) {
                throw new SpfException(of + " cannot be read at '" + term + "'");
            }
            if (!isMacro(domain, term, of)) {
                count(term, of);
                domain(domain);
            }
        }

        private boolean isMacro(String domain, String term, String of) {
            boolean isMacro = domain.contains("%");
            if (isMacro) {
                remarks.add(of + ": '" + term + "' depends on the mail at hand: left out");
            }
            return isMacro;
        }

        private void mx(String domain, String bits, String term, String of) {
            if (isMacro(domain, term, of)) {
                return;
            }
            count(term, of);
            List<String> hosts = resolver(term).ask(domain, "MX");
            if (hosts.size() > MOST_HOSTS) {
                throw new SpfException(
                        of + ": '" + term + "' has " + hosts.size() + " hosts; at most " + MOST_HOSTS + " are allowed");
            }
            addresses(hosts, bits, term, of);
        }

        private void hosts(List<String> hosts, String bits, String term, String of) {
            if (!isMacro(hosts.get(0), term, of)) {
                count(term, of);
                addresses(hosts, bits, term, of);
            }
        }

        /** Of {@code /24//64} the first is for IPv4, the second for IPv6. */
        private void addresses(List<String> hosts, String bits, String term, String of) {
            String ipv4 = bits.startsWith("//") ? "" : bits.replaceFirst("//.*", "");
            String ipv6 = bits.contains("//") ? bits.substring(bits.indexOf("//") + 1) : "";
            for (String host : hosts) {
                resolver(term).ask(host, "A").forEach(address -> network(address + ipv4, term, of));
                resolver(term)
                        .ask(host, "AAAA")
                        .forEach(address -> network(ClientAddress.parse(address).text() + ipv6, term, of));
            }
        }

        private void count(String term, String of) {
            var unused = resolver(term);
            if (++lookups > MOST_LOOKUPS) {
                throw new SpfException("more than " + MOST_LOOKUPS + " look-ups, at '" + term + "' of " + of
                        + "; receivers refuse such a record too (RFC 7208, 4.6.4)");
            }
        }

        private SpfResolver resolver(String term) {
            if (resolver == null) {
                throw new SpfException("'" + term
                        + "' refers to other records: give --resolve DOMAIN, or paste those records' networks too");
            }
            return resolver;
        }
    }
}
