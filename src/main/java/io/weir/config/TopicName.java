package io.weir.config;

/** The topics; what is on them and how they are set is in {@code topics/}. */
public enum TopicName {
    /** Connection events and control records, keyed by network. */
    CONNECTIONS("smtp-connections", true),
    /** What edges shall do, keyed by sender or network. */
    VERDICTS("smtp-verdicts", true),
    CONNECTORS("smtp-connectors", false),
    OVERRIDES("smtp-overrides", false),
    RULES("smtp-rules", false),
    /** Who changed an override or a connector, when and why. */
    CHANGES("smtp-changes", false),
    /** Records of {@link #CONNECTIONS} that could not be understood. */
    DEAD_LETTERS("smtp-connections-dlq", false);

    private final String baseName;
    private final boolean keyedByClient;

    TopicName(String baseName, boolean keyedByClient) {
        this.baseName = baseName;
        this.keyedByClient = keyedByClient;
    }

    /** Without a namespace. */
    public String baseName() {
        return baseName;
    }

    /** Whether its partitions share the work by client, so that their number is a matter of a site's size. */
    public boolean isKeyedByClient() {
        return keyedByClient;
    }

    /** The topic's name in a namespace; an empty namespace is none. */
    public String in(String namespace) {
        return namespace.isEmpty() ? baseName : namespace + "." + baseName;
    }
}
