package io.weir.cli;

import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;

/**
 * What a command is connected to.
 *
 * @param out answers
 * @param err errors and remarks
 * @param environment the process's variables
 * @param clock the wall clock
 * @param lifetime until when a command that stays may stay
 */
record Terminal(PrintStream out, PrintStream err, Map<String, String> environment, Clock clock, Lifetime lifetime) {
    /** Whether a person looks on: what is drawn may be drawn over. */
    boolean isInteractive() {
        return err == System.err && System.console() != null;
    }

    /** Whether nobody reads the answers any more, as after {@code | head}: nothing to say about, nothing to go on for. */
    boolean isUnheard() {
        return out.checkError();
    }
}
