package io.weir.cli;

import java.time.Clock;

/** The process's entry point. */
public final class Weir {
    private Weir() {}

    public static void main(String[] args) {
        LogLevels.choose(args, System.getenv());
        Lifetime lifetime = new Lifetime();
        Runtime.getRuntime().addShutdownHook(new Thread(lifetime::end, "shutdown"));
        Terminal terminal = new Terminal(System.out, System.err, System.getenv(), Clock.systemUTC(), lifetime);
        System.exit(new Cli(terminal).run(args));
    }
}
