package io.weir.cli;

import io.weir.config.WeirConfig;
import io.weir.demo.Demo;
import io.weir.demo.DemoOptions;
import io.weir.demo.EngineStarter;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "demo",
        description = {
            "See it work: four weeks of made-up mail, then a week of incidents.",
            "An embedded broker, an engine and some 200 senders; each incident is told as the engine judges it. Takes less than "
                    + "two minutes and touches nothing but the namespace demo in data.dir, which it begins afresh every time."
        },
        footer = {
            "",
            "Examples:",
            "  weir demo",
            "  weir demo --keep    and then ask: weir senders ADDRESS --namespace demo"
        })
final class DemoCommand extends Command {
    private static final Duration LOOK = Duration.ofSeconds(1);

    @Option(
            names = "--keep",
            description = "Leave the broker, the engine and its HTTP port running afterwards, until Ctrl-C.")
    private boolean keep;

    DemoCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        WeirConfig config = config();
        Clock clock = terminal().clock();
        // Only who stays can be asked.
        EngineStarter engine = keep
                ? (settings, secret) -> RunningEngine.start(settings, secret, clock, true)
                : EngineStarter.alone(clock::millis);
        DemoOptions options = new DemoOptions(config, engine, keep, terminal().out(), clock::millis, System::nanoTime);
        try (Lifetime.Hold hold = terminal().lifetime().holdInterruptibly();
                Demo demo = Demo.start(options)) {
            try {
                demo.run();
                stay(demo, hold);
            } finally {
                hold.settle();
            }
        }
        return ExitCode.DONE;
    }

    private void stay(Demo demo, Lifetime.Hold hold) {
        while (keep && !hold.isOverWithin(LOOK)) {
            demo.engine().failure().ifPresent(why -> {
                throw CommandException.failed("the engine stopped: " + why);
            });
        }
    }
}
