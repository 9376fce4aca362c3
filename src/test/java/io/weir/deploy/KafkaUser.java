package io.weir.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** A {@code KafkaUser} file of {@code deploy/acls/}, as Strimzi's user operator would read it. */
record KafkaUser(String name, List<Grant> grants) {
    static final Path DIRECTORY = Path.of("deploy", "acls");

    /** Operations on one resource. */
    record Grant(ResourcePattern resource, List<AclOperation> operations) {}

    static List<KafkaUser> all() throws IOException {
        List<KafkaUser> users = new ArrayList<>();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                users.add(read(new YAMLMapper().readTree(Files.readAllBytes(file))));
            }
        }
        return users;
    }

    private static KafkaUser read(JsonNode resource) {
        List<Grant> grants = new ArrayList<>();
        for (JsonNode acl : resource.at("/spec/authorization/acls")) {
            List<AclOperation> operations = new ArrayList<>();
            acl.path("operations").forEach(word -> operations.add(operation(word.asText())));
            grants.add(new Grant(pattern(acl.path("resource")), operations));
        }
        return new KafkaUser(resource.at("/metadata/name").asText(), grants);
    }

    private static ResourcePattern pattern(JsonNode resource) {
        ResourceType type = switch (resource.path("type").asText()) {
            case "topic" -> ResourceType.TOPIC;
            case "group" -> ResourceType.GROUP;
            case "transactionalId" -> ResourceType.TRANSACTIONAL_ID;
            default -> throw new IllegalArgumentException(resource.toString());
        };
        PatternType pattern = switch (resource.path("patternType").asText()) {
            case "literal" -> PatternType.LITERAL;
            case "prefix" -> PatternType.PREFIXED;
            default -> throw new IllegalArgumentException(resource.toString());
        };
        return new ResourcePattern(type, resource.path("name").asText(), pattern);
    }

    /** Strimzi writes AlterConfigs where Kafka has ALTER_CONFIGS. */
    private static AclOperation operation(String word) {
        return AclOperation.valueOf(word.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
    }

    List<AclBinding> bindings() {
        return grants.stream()
                .flatMap(grant -> grant.operations().stream()
                        .map(operation -> new AclBinding(
                                grant.resource(),
                                new AccessControlEntry("User:" + name, "*", operation, AclPermissionType.ALLOW))))
                .toList();
    }
}
