package io.weir.cli;

import picocli.CommandLine.Command;

/** The commands about pools. */
@Command(
        name = "pools",
        description = {
            "List and declare pools: networks whose addresses are one sender, such as a provider's outbound servers.",
            "A pool's new address is no newcomer, and a retry from a sister address is a retry. Pools are rules; where they overlap, an address"
                    + " belongs to the smallest network. What is known of single addresses does not go over to their pool: it learns for"
                    + " pools.learn.days from its first mail on."
        },
        footer = {"", "Example:", "  weir pools import acme --spf 'v=spf1 ip4:192.0.2.0/24 ip6:2001:db8:25::/48 -all'"})
final class PoolsCommands {}
