package io.weir.cli;

import io.weir.replay.offline.Lines;
import io.weir.replay.offline.Observer;
import io.weir.replay.offline.Way;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which files a replay writes. */
final class ReplayOutputs {
    @Option(
            names = "--decisions",
            paramLabel = "FILE",
            description = "Write what edges answer, a JSON object for each transaction.")
    private @Nullable Path decisions;

    @Option(
            names = "--verdicts",
            paramLabel = "FILE",
            description = "Write the verdicts as they would be on the topic, one on each line.")
    private @Nullable Path verdicts;

    @Option(names = "--summary", paramLabel = "FILE", description = "Write totals and senders as a JSON object.")
    private @Nullable Path summary;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write a page with charts, for a browser or for print; it needs no network.")
    private @Nullable Path report;

    /** The files that grow while the past is read. */
    final class Streams implements AutoCloseable {
        private final List<OutputStream> open = new ArrayList<>();

        /** Writes what it sees. */
        List<Observer> observers(Way way) {
            List<Observer> observers = new ArrayList<>();
            if (decisions != null) {
                observers.add(Lines.decisions(open(decisions), way));
            }
            if (verdicts != null) {
                observers.add(Lines.verdicts(open(verdicts)));
            }
            return observers;
        }

        private OutputStream open(Path file) {
            try {
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 256 * 1024);
                open.add(out);
                return out;
            } catch (IOException e) {
                throw CommandException.failed("cannot write " + Failures.ofFile(e), e);
            }
        }

        @Override
        public void close() throws IOException {
            for (OutputStream out : open) {
                out.close();
            }
        }
    }

    boolean isReportWanted() {
        return report != null;
    }

    void writeReport(String html) {
        write(report, html);
    }

    boolean isSummaryWanted() {
        return summary != null;
    }

    void writeSummary(String json) {
        write(summary, json);
    }

    /** What cannot be written is told before a long way, not after it. */
    void requireWritable() {
        for (Path file : new Path[] {decisions, verdicts, summary, report}) {
            if (file != null) {
                Path directory = file.toAbsolutePath().getParent();
                if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(file)) {
                    throw CommandException.usage("cannot write " + file + ": it is no file in a directory that exists");
                }
            }
        }
    }

    private static void write(@Nullable Path file, String text) {
        if (file != null) {
            try {
                Files.writeString(file, text, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw CommandException.failed("cannot write " + Failures.ofFile(e), e);
            }
        }
    }

    /** What was written, for the last lines on the screen. */
    List<String> told() {
        List<String> told = new ArrayList<>();
        for (Path file : new Path[] {decisions, verdicts, summary, report}) {
            if (file != null) {
                told.add(file.toString());
            }
        }
        return told;
    }
}
