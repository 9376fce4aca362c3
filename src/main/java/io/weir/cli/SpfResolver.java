package io.weir.cli;

import java.util.List;

/** Asks the domain name system. */
interface SpfResolver {
    /**
     * What a name has; empty when it has none.
     *
     * @param type TXT, MX, A or AAAA; of an MX record the host's name alone is given
     * @throws SpfException when there is no answer
     */
    List<String> ask(String name, String type);
}
