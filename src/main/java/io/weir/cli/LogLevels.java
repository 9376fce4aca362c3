package io.weir.cli;

import java.util.Map;
import java.util.Set;

/**
 * How much the logger says. It reads these properties when it is first used, so they are set before anything else happens; a variable of
 * the same name wins.
 */
final class LogLevels {
    private static final String OURS = "WEIR_LOG_LEVEL";
    private static final String LIBRARIES = "WEIR_LIBRARY_LOG_LEVEL";

    /** These go on for days, and their logs are read afterwards. */
    private static final Set<String> STAY = Set.of("up", "engine");

    private LogLevels() {}

    /** So does this one; but of Kafka it says itself when it comes and goes, where the clients' warnings would come by the second. */
    private static final String EDGE = "edge";

    /** A command that ends by itself says what went wrong on its own; the libraries' warnings would say it again and again. */
    static void choose(String[] args, Map<String, String> environment) {
        for (String arg : args) {
            if (STAY.contains(arg)) {
                return;
            }
            if (EDGE.equals(arg)) {
                set(LIBRARIES, "ERROR", environment);
                return;
            }
        }
        set(OURS, "WARN", environment);
        set(LIBRARIES, "OFF", environment);
    }

    private static void set(String name, String level, Map<String, String> environment) {
        if (!environment.containsKey(name) && System.getProperty(name) == null) {
            System.setProperty(name, level);
        }
    }
}
