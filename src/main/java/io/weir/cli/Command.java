package io.weir.cli;

import io.weir.config.CommonSettings;
import io.weir.config.WeirConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command has: settings, and a terminal. */
abstract class Command implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Read settings from this properties file; 'weir config' lists all settings.")
    private @Nullable Path config;

    @Option(
            names = {"-D", "--set"},
            paramLabel = "NAME=VALUE",
            description = "Give one setting; wins over WEIR_... variables, which win over the file.")
    private List<String> set = new ArrayList<>();

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "Keep to the topics and the state of this namespace: short for -D namespace=NAME.")
    private @Nullable String namespace;

    @Option(names = "--debug", description = "Print the stack trace when something fails.")
    private boolean debug;

    Command(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Does what the user asked for; what goes wrong is thrown, and {@link Failures} says it. */
    abstract ExitCode run() throws Exception;

    @Override
    public final Integer call() throws Exception {
        return run().number();
    }

    final Terminal terminal() {
        return terminal;
    }

    final boolean isDebug() {
        return debug;
    }

    /**
     * One line of the answer.
     *
     * @throws UnheardException when nobody reads it any more
     */
    final void say(String line) {
        terminal.out().println(line);
        if (terminal.isUnheard()) {
            throw new UnheardException();
        }
    }

    /** A remark beside the answer. */
    final void remark(String line) {
        terminal.err().println(line);
    }

    /** All settings, checked. */
    final WeirConfig config() {
        return WeirConfig.load(config, commandLine(), terminal.environment());
    }

    /** Those that the command's own options give. */
    Map<String, String> settings() {
        return Map.of();
    }

    private Map<String, String> commandLine() {
        Map<String, String> given = new LinkedHashMap<>();
        for (String setting : set) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw CommandException.usage("-D takes NAME=VALUE, got '" + setting + "'");
            }
            given.put(setting.substring(0, equals).trim(), setting.substring(equals + 1));
        }
        if (namespace != null) {
            given.put(CommonSettings.NAMESPACE, namespace);
        }
        given.putAll(settings());
        return given;
    }
}
