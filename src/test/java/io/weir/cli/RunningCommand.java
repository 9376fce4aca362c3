package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A command that stays until it is told to end, in this process. */
final class RunningCommand implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Lifetime lifetime = new Lifetime();
    private final CompletableFuture<Integer> ended;

    private RunningCommand(String... args) {
        Cli cli = new Cli(new Terminal(Run.stream(out), Run.stream(err), Map.of(), Clock.systemUTC(), lifetime));
        this.ended = CompletableFuture.supplyAsync(() -> cli.run(args));
    }

    /** @param ready what it prints when it is */
    static RunningCommand start(String ready, String... args) {
        RunningCommand command = new RunningCommand(args);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> command.ended.isDone() || command.out().contains(ready));
        assertThat(command.ended).as(command.err()).isNotDone();
        return command;
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Where it answers. */
    String url() {
        Matcher url = Pattern.compile("http://[0-9.:]+").matcher(out());
        assertThat(url.find()).as(out()).isTrue();
        return url.group();
    }

    @Override
    public void close() {
        lifetime.end();
        assertThat(ended.orTimeout(30, TimeUnit.SECONDS).join()).as(err()).isZero();
    }
}
