package io.weir.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** One command line, run in this process with its streams caught. */
public record Run(int exitCode, String out, String err) {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T21:00:00Z"), ZoneOffset.UTC);

    public static Run of(String... args) {
        return in(Map.of(), args);
    }

    /** At the time of day, for what is compared with it elsewhere. */
    public static Run now(String... args) {
        return in(Map.of(), Clock.systemUTC(), args);
    }

    /** @param environment the only variables there are */
    public static Run in(Map<String, String> environment, String... args) {
        return in(environment, CLOCK, args);
    }

    private static Run in(Map<String, String> environment, Clock clock, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(stream(out), stream(err), environment, clock, new Lifetime());
        int code = new Cli(terminal).run(args);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    public List<String> lines() {
        return out.lines().toList();
    }
}
