package io.weir.mta;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A Postfix to send messages to, one session for each, every session from the next address. */
public final class BenchPostfix implements AutoCloseable {
    private final Postfix postfix;
    private final IntFunction<String> addresses;
    private final AtomicInteger sent = new AtomicInteger();

    /** One that knows nothing of Weir. */
    public static BenchPostfix plain(IntFunction<String> addresses) throws Exception {
        return new BenchPostfix(Postfix.startWithoutWeir(), addresses);
    }

    /** One with the lines that Weir ships, asking at this port. */
    public static BenchPostfix asking(int policyPort, IntFunction<String> addresses) throws Exception {
        return new BenchPostfix(Postfix.startForEverybody(policyPort), addresses);
    }

    private BenchPostfix(Postfix postfix, IntFunction<String> addresses) {
        this.postfix = postfix;
        this.addresses = addresses;
    }

    /**
     * Sends so many messages.
     *
     * @param parallel sessions at a time
     * @return how long each session took, milliseconds
     */
    public List<Double> send(int messages, int parallel) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(parallel);
        try {
            List<Callable<Double>> work = new ArrayList<>();
            for (int i = 0; i < messages; i++) {
                work.add(this::session);
            }
            List<Double> millis = new ArrayList<>();
            for (Future<Double> done : clients.invokeAll(work)) {
                millis.add(done.get());
            }
            return millis;
        } finally {
            clients.shutdown();
        }
    }

    private double session() throws IOException {
        int number = sent.getAndIncrement();
        long started = System.nanoTime();
        try (SmtpSession session = new SmtpSession(postfix.port(), addresses.apply(number))) {
            String said = session.send("sender" + number + "@example.net", "user" + number + "@example.com");
            if (!said.startsWith("250")) {
                throw new IOException("not taken: " + said);
            }
            session.say("QUIT");
        }
        return (System.nanoTime() - started) / 1e6;
    }

    @Override
    public void close() throws Exception {
        postfix.stop();
    }
}
