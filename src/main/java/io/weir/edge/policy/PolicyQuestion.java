package io.weir.edge.policy;

/** What an MTA asks, whatever protocol it speaks; the attributes have the names and the meanings of Postfix's. */
public interface PolicyQuestion {
    /** Where in the SMTP dialogue the question comes. */
    ProtocolState state();

    /** Whether the attribute is there and not empty. */
    boolean has(PolicyAttribute attribute);

    /** The value; empty when it is absent, which counts alike. */
    String text(PolicyAttribute attribute);

    /** The value as a whole number from 0 on; 0 when it is absent or not such a number. */
    long number(PolicyAttribute attribute);
}
