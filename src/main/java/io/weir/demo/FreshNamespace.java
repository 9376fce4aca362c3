package io.weir.demo;

import io.weir.config.WeirConfig;
import io.weir.topics.TopicAdmin;
import io.weir.topics.TopicFiles;
import io.weir.topics.TopicOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * The demo's namespace as nobody has ever used it: what the last run left is deleted, topics are made anew. Nothing outside the namespace is
 * touched.
 */
final class FreshNamespace {
    private static final int MOST_WAITS = 200;
    private static final long WAIT_MS = 50;

    private final WeirConfig config;

    FreshNamespace(WeirConfig config) {
        if (!config.namespace().equals(DemoOptions.NAMESPACE)) {
            throw new IllegalArgumentException("the demo deletes only its own namespace, got " + config.namespace());
        }
        this.config = config;
    }

    void make() {
        try (Admin admin = Admin.create(Clients.settings(config))) {
            deleteTopics(admin);
            forgetGroup(admin);
        }
        deleteState(config.stateDirectory());
        writeSecret(config.siteSecretFile());
        try (TopicAdmin topics = new TopicAdmin(Clients.settings(config), Duration.ofMillis(Clients.TIMEOUT_MS))) {
            topics.apply(TopicOptions.embedded(config.namespace(), config.brokerPartitions())
                    .withHistory(true)
                    .apply(TopicFiles.onClasspath().read()));
        }
    }

    private void deleteTopics(Admin admin) {
        List<String> old = ours(admin);
        if (old.isEmpty()) {
            return;
        }
        Clients.await(admin.deleteTopics(old).all());
        for (int waits = 0; !ours(admin).isEmpty(); waits++) {
            if (waits > MOST_WAITS) {
                throw new DemoException("the broker did not delete the topics of the last demo: " + ours(admin));
            }
            Clients.pause(WAIT_MS);
        }
    }

    private List<String> ours(Admin admin) {
        String prefix = config.namespaced("");
        return Clients.await(admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    private void forgetGroup(Admin admin) {
        try {
            admin.deleteConsumerGroups(List.of(config.applicationId())).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw new DemoException(
                        "the engine's group " + config.applicationId() + " of the last demo cannot be deleted: "
                                + (e.getCause() == null ? e : e.getCause()).getMessage(),
                        e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("the demo was interrupted", e);
        }
    }

    private static void deleteState(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new DemoException("the state of the last demo in " + directory + " cannot be deleted: " + e, e);
        }
    }

    /** Known to everybody, and the same in every run: which of a throttled sender's messages pass depends on it. It guards nothing. */
    private static void writeSecret(Path file) {
        try {
            byte[] secret =
                    MessageDigest.getInstance("SHA-256").digest("weir demo".getBytes(StandardCharsets.US_ASCII));
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.deleteIfExists(file);
            ownerOnly(file);
            Files.writeString(file, HexFormat.of().formatHex(secret) + "\n");
        } catch (IOException e) {
            throw new DemoException("the demo's secret " + file + " cannot be written: " + e, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** As every secret is kept: the engine would complain of another. */
    private static void ownerOnly(Path file) throws IOException {
        Files.createFile(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }
}
