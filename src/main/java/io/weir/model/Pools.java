package io.weir.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses are one sender: networks that an operator declared to belong together, by the pool's name. Of networks that lie in each other
 * the smallest counts. Not changed once it is made, so that any thread may ask.
 */
public final class Pools {
    /** Most pools. */
    public static final int MOST = 256;

    public static final Pools NONE = new Pools(new TreeMap<>(), new HashMap<>());

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    /** What is larger is a slip of the pen. */
    private static final int LEAST_IPV4_BITS = 8;

    private static final int LEAST_IPV6_BITS = 16;

    private final Map<String, List<String>> byName;
    private final NetworkMap<SenderKey> senders;

    private Pools(Map<String, List<String>> byName, Map<String, SenderKey> senders) {
        this.byName = byName;
        this.senders = NetworkMap.of(senders);
    }

    /**
     * Reads declared pools.
     *
     * @param declared networks in CIDR notation or addresses, separated by commas, by the pool's name
     * @throws IllegalArgumentException naming pool, network and what is wrong with it
     */
    public static Pools of(Map<String, String> declared) {
        if (declared.isEmpty()) {
            return NONE;
        }
        if (declared.size() > MOST) {
            throw new IllegalArgumentException("there may be " + MOST + " pools, got " + declared.size());
        }
        Map<String, List<String>> byName = new TreeMap<>();
        Map<String, SenderKey> senders = new HashMap<>();
        new TreeMap<>(declared).forEach((name, networks) -> {
            requireName(name);
            SenderKey pool = SenderKey.pool(name);
            List<String> members = members(name, networks);
            for (String network : members) {
                SenderKey other = senders.put(network, pool);
                if (other != null && !other.equals(pool)) {
                    throw new IllegalArgumentException(network + " is in pool " + other.poolName() + " and in pool "
                            + name + "; it can be in one only");
                }
            }
            byName.put(name, members);
        });
        return new Pools(byName, senders);
    }

    /**
     * Makes sure of a pool's name.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a pool's name has 1 to 64 letters, digits, dots, hyphens and underscores,"
                            + " the first of them a letter or digit; got '" + name + "'");
        }
    }

    private static List<String> members(String name, String networks) {
        List<String> members = new ArrayList<>();
        for (String text : networks.split(",", -1)) {
            String network = network(name, text.trim());
            if (!members.contains(network)) {
                members.add(network);
            }
        }
        return List.copyOf(members);
    }

    private static String network(String name, String text) {
        try {
            var network = Networks.network(text);
            int bits = network.isPrefixed() ? network.getPrefixLength() : network.getBitCount();
            int least = network.isIPv4() ? LEAST_IPV4_BITS : LEAST_IPV6_BITS;
            if (bits < least) {
                throw new IllegalArgumentException(text + " is too large: at least " + least + " bits are needed");
            }
            return network.toCanonicalString();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("pool " + name + ": " + e.getMessage(), e);
        }
    }

    /** The address as a member of its pool; as it is when it is in none, or never judged. */
    public ClientAddress place(ClientAddress client) {
        SenderKey pool = byName.isEmpty() || client.exempt() ? null : of(client);
        return pool == null ? client : new ClientAddress(client.text(), pool, false);
    }

    private @Nullable SenderKey of(ClientAddress client) {
        return senders.at(client);
    }

    /** Each pool's networks in the order in which they were declared, by its name. */
    public Map<String, List<String>> byName() {
        return Map.copyOf(byName);
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pools pools && pools.byName.equals(byName);
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }

    @Override
    public String toString() {
        return byName.toString();
    }
}
