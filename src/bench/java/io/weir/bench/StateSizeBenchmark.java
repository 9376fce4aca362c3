package io.weir.bench;

import io.weir.engine.BenchStores;
import io.weir.engine.StoreNames;
import io.weir.serde.StateCodec;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ConfigOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.OptionsUtil;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Bytes per sender in RocksDB after compaction, and the memory that a store of one million senders takes.
 *
 * <p>The population is made by the real {@code step}: senders whose daily messages are log-uniform from one in six weeks
 * to 1,000 a day, sent at random times over six weeks; those that the sweep would have deleted by the end are left out.
 * A number of different senders is made so and each is stored for many addresses, far apart. Run
 * {@code mvn -Pbench test-compile exec:exec -Dbench=StateSizeBenchmark [-Dbench.args="SENDERS DIFFERENT MEMORY_MB"]}.
 */
public final class StateSizeBenchmark {
    private static final int GETS = 500_000;
    private static final long MOST_BYTES = 300;

    private final PrintStream out;
    private final int senders;
    private final long memoryBytes;
    private final List<byte[]> states;

    private StateSizeBenchmark(PrintStream out, int senders, long memoryBytes, List<byte[]> states) {
        this.out = out;
        this.senders = senders;
        this.memoryBytes = memoryBytes;
        this.states = states;
    }

    /** @param args senders in the store, different ones among them, memory bound of RocksDB in MB */
    public static void main(String[] args) throws IOException, RocksDBException {
        PrintStream out = System.out;
        int senders = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int different = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
        long memoryMb = args.length > 2 ? Long.parseLong(args[2]) : 128;
        Population population = new Population(different, new StateCodec());
        population.print(out);
        Path directory = Files.createTempDirectory("weir-state-size");
        try {
            new StateSizeBenchmark(out, senders, memoryMb << 20, population.states()).run(directory);
        } finally {
            delete(directory);
        }
    }

    private void run(Path directory) throws IOException, RocksDBException {
        long rssBefore = residentBytes();
        try (BenchStores stores = new BenchStores(directory, memoryBytes)) {
            for (int i = 0; i < senders; i++) {
                stores.senders().put(key(i), state(i));
            }
        }
        long compacted = compact(directory);
        out.printf(
                "compacted: %,d bytes per sender (at most %,d: %s)%n",
                compacted / senders, MOST_BYTES, compacted / senders <= MOST_BYTES ? "held" : "NOT held");
        try (BenchStores stores = new BenchStores(directory, memoryBytes)) {
            read(stores);
            out.printf(
                    "memory: RocksDB holds %,d MB of %,d MB allowed; the process grew by %,d MB%n",
                    stores.memoryInUse() >> 20, memoryBytes >> 20, (residentBytes() - rssBefore) >> 20);
        }
    }

    private void read(BenchStores stores) {
        SplittableRandom random = new SplittableRandom(7);
        long begin = System.nanoTime();
        long bytes = 0;
        for (int i = 0; i < GETS; i++) {
            bytes += stores.senders().get(key(random.nextInt(senders))).length;
        }
        out.printf(
                "read: %,.1f us per random get of %,d bytes on average%n",
                (System.nanoTime() - begin) / 1e3 / GETS, bytes / GETS);
    }

    /** Under the very options that the store was written with, which RocksDB keeps beside it. */
    private static long compact(Path directory) throws IOException, RocksDBException {
        Path database = directory.resolve("rocksdb").resolve(StoreNames.SENDERS);
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (DBOptions options = new DBOptions();
                ConfigOptions reading = new ConfigOptions().setEnv(Env.getDefault())) {
            OptionsUtil.loadLatestOptions(reading, database.toString(), options, families);
            try (RocksDB db = RocksDB.open(options, database.toString(), families, handles)) {
                for (ColumnFamilyHandle handle : handles) {
                    db.compactRange(handle);
                    handle.close();
                }
            }
        }
        families.forEach(family -> family.getOptions().close());
        return fileBytes(directory);
    }

    /** Neighbours in the store are not alike. */
    private byte[] state(int i) {
        return states.get((int) Math.floorMod(i * 2_654_435_761L, (long) states.size()));
    }

    /** As {@code SenderKey.bytes()} of the i-th IPv4 address from 16.0.0.0 on, every fourth of them. */
    private static Bytes key(int i) {
        int address = (16 << 24) + i * 4;
        return Bytes.wrap(
                new byte[] {'4', (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
                });
    }

    private static long fileBytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        return 0;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
