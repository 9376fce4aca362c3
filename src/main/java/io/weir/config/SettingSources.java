package io.weir.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Brings file, environment and command line together under the settings' own names, and refuses names nobody knows. */
final class SettingSources {
    private static final String VARIABLE_PREFIX = "WEIR_";

    /** Read by the launcher, the logger and the tests. */
    private static final Set<String> NOT_SETTINGS =
            Set.of("WEIR_HEAP", "WEIR_JAVA_OPTS", "WEIR_LOG_LEVEL", "WEIR_LIBRARY_LOG_LEVEL", "WEIR_REQUIRE_ALL");

    private SettingSources() {}

    /** Command line before environment before file. */
    static Map<String, Given> merge(
            @Nullable Path file, Map<String, String> commandLine, Map<String, String> environment) {
        Map<String, Given> merged = new TreeMap<>();
        if (file != null) {
            merged.putAll(known(SettingsFile.read(file)));
        }
        merged.putAll(known(fromEnvironment(environment)));
        merged.putAll(fromCommandLine(commandLine));
        return merged;
    }

    static Map<String, Given> fromCommandLine(Map<String, String> commandLine) {
        Map<String, Given> given = new LinkedHashMap<>();
        commandLine.forEach((name, value) -> given.put(name, new Given(value, "command line")));
        return known(given);
    }

    /** The environment variable that sets a setting. */
    static String variable(String name) {
        return VARIABLE_PREFIX + name.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static Map<String, Given> fromEnvironment(Map<String, String> environment) {
        Map<String, Given> given = new LinkedHashMap<>();
        environment.forEach((variable, value) -> {
            if (variable.startsWith(VARIABLE_PREFIX) && !NOT_SETTINGS.contains(variable)) {
                given.put(settingOf(variable), new Given(value, "environment variable " + variable));
            }
        });
        return given;
    }

    private static String settingOf(String variable) {
        String name =
                variable.substring(VARIABLE_PREFIX.length()).replace('_', '.').toLowerCase(Locale.ROOT);
        if (Definitions.names().contains(name) || PassThrough.covers(name)) {
            return name;
        }
        throw new WeirConfigException("unknown environment variable " + variable
                + NearestName.to(name, Definitions.names())
                        .map(nearest -> "; did you mean " + variable(nearest) + "?")
                        .orElse("; 'weir config' lists all settings"));
    }

    private static Map<String, Given> known(Map<String, Given> given) {
        given.forEach((name, value) -> {
            PassThrough.ourNameOf(name).ifPresent(ours -> {
                throw new WeirConfigException(
                        name + " (" + value.source() + ") is set by " + ours + " here; use that name");
            });
            if (!Definitions.names().contains(name) && !PassThrough.covers(name)) {
                throw new WeirConfigException("unknown setting " + name + " (" + value.source() + ")"
                        + NearestName.to(name, Definitions.names())
                                .map(nearest -> "; did you mean " + nearest + "?")
                                .orElse("; 'weir config' lists all settings"));
            }
        });
        return given;
    }
}
