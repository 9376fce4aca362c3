package io.weir.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.GeneratedFile;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.deploy.KafkaUser.Grant;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class AclFilesTest {
    private static final String HEAD = """
            #!/bin/sh
            # What the KafkaUser files beside it grant, by the kafka-acls.sh that comes with Kafka, which must be on the PATH. Arguments go to it as they
            # are: --bootstrap-server HOST:PORT --command-config FILE.
            set -eu
            """;

    @Test
    void theScriptGrantsWhatTheFilesGrant() throws IOException {
        StringBuilder script = new StringBuilder(HEAD);
        for (KafkaUser user : KafkaUser.all()) {
            script.append('\n');
            user.grants().forEach(grant -> script.append(line(user, grant)));
        }
        GeneratedFile.assertUpToDate(AclFilesTest.class, "deploy/acls/grant.sh", script.toString());
    }

    private static String line(KafkaUser user, Grant grant) {
        String resource =
                grant.resource().resourceType().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String operations = grant.operations().stream()
                .map(AclFilesTest::word)
                .map(word -> " --operation " + word)
                .collect(Collectors.joining());
        String pattern =
                grant.resource().patternType() == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "";
        return "kafka-acls.sh \"$@\" --add --allow-principal User:" + user.name() + operations + " --" + resource + " "
                + grant.resource().name() + pattern + "\n";
    }

    private static String word(AclOperation operation) {
        return Arrays.stream(operation.name().split("_"))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    @Test
    void onlyTopicsThatExistAreNamedAndTheEnginesOwn() throws IOException {
        List<String> topics =
                Arrays.stream(TopicName.values()).map(TopicName::baseName).toList();
        String applicationId = WeirConfig.of(Map.of()).applicationId();
        for (KafkaUser user : KafkaUser.all()) {
            assertThat(user.grants())
                    .filteredOn(grant -> grant.resource().resourceType() == ResourceType.TOPIC)
                    .allSatisfy(grant -> assertThat(grant.resource().name())
                            .matches(name -> grant.resource().patternType() == PatternType.LITERAL
                                    ? topics.contains(name)
                                    : name.equals(applicationId + "-")));
        }
    }

    @Test
    void oneUserAloneWritesVerdicts() throws IOException {
        assertThat(KafkaUser.all())
                .filteredOn(user -> writes(user, TopicName.VERDICTS))
                .extracting(KafkaUser::name)
                .containsExactly("weir-engine");
        for (TopicName declared :
                List.of(TopicName.RULES, TopicName.CONNECTORS, TopicName.OVERRIDES, TopicName.CHANGES)) {
            assertThat(KafkaUser.all())
                    .filteredOn(user -> writes(user, declared))
                    .extracting(KafkaUser::name)
                    .containsExactly("weir-operator");
        }
    }

    private static boolean writes(KafkaUser user, TopicName topic) {
        return user.grants().stream()
                .anyMatch(grant -> grant.resource().name().equals(topic.baseName())
                        && grant.operations().contains(AclOperation.WRITE));
    }
}
