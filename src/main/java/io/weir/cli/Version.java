package io.weir.cli;

import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "weir " + (version == null ? "(built from source)" : version) + ", Kafka " + AppInfoParser.getVersion()
                    + ", Java " + System.getProperty("java.version")
        };
    }
}
