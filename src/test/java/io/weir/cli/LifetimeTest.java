package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LifetimeTest {
    private final Lifetime lifetime = new Lifetime();

    @Test
    void whoeverEndsItWaitsUntilEverythingIsInOrder() throws Exception {
        Lifetime.Hold hold = lifetime.hold();
        CompletableFuture<Void> ended = CompletableFuture.runAsync(lifetime::end);
        assertThat(hold.isOverWithin(Duration.ofSeconds(10))).isTrue();
        assertThat(ended).isNotDone();

        hold.close();

        ended.get(10, TimeUnit.SECONDS);
        assertThat(hold.isOver()).isTrue();
    }

    @Test
    void nobodyWaitsForACommandThatHoldsNothing() {
        lifetime.end();
        assertThat(lifetime.hold().isOver()).isTrue();
    }

    @Test
    void itIsNotOverBeforeItIsEnded() {
        try (Lifetime.Hold hold = lifetime.hold()) {
            assertThat(hold.isOverWithin(Duration.ofMillis(1))).isFalse();
        }
    }

    @Test
    void whoKnowsNothingOfItIsInterrupted() throws Exception {
        CompletableFuture<Thread> holder = new CompletableFuture<>();
        CompletableFuture<String> seen = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try (Lifetime.Hold hold = lifetime.holdInterruptibly()) {
                holder.complete(Thread.currentThread());
                new CompletableFuture<Void>().get();
                seen.complete("not interrupted, over " + hold.isOver());
            } catch (InterruptedException e) {
                seen.complete("interrupted");
            } catch (Exception e) {
                seen.completeExceptionally(e);
            }
        });
        thread.start();
        holder.get(10, TimeUnit.SECONDS);
        lifetime.end();
        assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo("interrupted");
    }

    @Test
    void whatIsClosedAfterwardsIsNotInterruptedAgain() {
        try (Lifetime.Hold hold = lifetime.holdInterruptibly()) {
            Thread.currentThread().interrupt();
            assertThat(hold.isOverWithin(Duration.ofSeconds(1))).isTrue();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            hold.settle();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void nobodyIsInterruptedWhileClosing() throws Exception {
        Lifetime.Hold hold = lifetime.holdInterruptibly();
        hold.settle();
        CompletableFuture<Void> ended = CompletableFuture.runAsync(lifetime::end);
        assertThat(hold.isOverWithin(Duration.ofSeconds(10))).isTrue();
        hold.close();
        ended.get(10, TimeUnit.SECONDS);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aReaderThatHasHeardEnoughEndsTheCommandQuietly() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(closed, true, StandardCharsets.UTF_8), Run.stream(err), Map.of(), Run.CLOCK, lifetime);
        assertThat(new Cli(terminal).run("rules", "keys")).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
