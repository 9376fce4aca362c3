package io.weir.bench;

import io.weir.broker.EmbeddedBroker;
import io.weir.config.CommonSettings;
import io.weir.config.WeirConfig;
import io.weir.topics.TopicAdmin;
import io.weir.topics.TopicFiles;
import io.weir.topics.TopicOptions;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** A broker of the benchmark's own in a temporary directory, with Weir's topics; everything is deleted at the end. */
final class BenchCluster implements AutoCloseable {
    static final int PARTITIONS = 4;

    private final Path directory;
    private final EmbeddedBroker broker;
    private final Admin admin;

    BenchCluster(String namespace) throws Exception {
        directory = Files.createTempDirectory("weir-bench");
        broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(directory.resolve("broker")));
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        try (TopicAdmin topics =
                new TopicAdmin(Map.of("bootstrap.servers", broker.bootstrapServers()), Duration.ofSeconds(30))) {
            TopicOptions options = TopicOptions.embedded(namespace, PARTITIONS).withHistory(true);
            topics.apply(options.apply(TopicFiles.onClasspath().read()));
        }
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    Admin admin() {
        return admin;
    }

    Path directory() {
        return directory;
    }

    /** The shipped settings but for what is given. */
    WeirConfig config(String namespace, Map<String, String> given) {
        Map<String, String> settings = new HashMap<>(given);
        settings.put(CommonSettings.NAMESPACE, namespace);
        settings.put(CommonSettings.BOOTSTRAP_SERVERS, bootstrapServers());
        settings.put(CommonSettings.DATA_DIR, directory.toString());
        return WeirConfig.of(settings);
    }

    @Override
    public void close() throws IOException {
        admin.close();
        broker.close();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure) throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
