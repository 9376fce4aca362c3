package io.weir;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Who may know whom. The table here is the one in ARCHITECTURE.md; a package it does not name does not exist. */
@AnalyzeClasses(packages = "io.weir", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String JDK = "java..";
    private static final String JDK_CRYPTO = "javax.crypto..";
    private static final String JDK_TLS = "javax.net.ssl..";
    private static final String NULLNESS = "org.jspecify..";
    private static final String LOGGING = "org.slf4j..";
    private static final String IP_ADDRESS = "inet.ipaddr..";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String MICROMETER = "io.micrometer..";
    private static final String PROMETHEUS = "io.prometheus..";
    private static final String KAFKA_CONFIG = "org.apache.kafka.common.config..";
    private static final String KAFKA_COMMON = "org.apache.kafka.common..";
    private static final String KAFKA_CLIENTS = "org.apache.kafka.clients..";
    private static final String KAFKA_STREAMS = "org.apache.kafka.streams..";
    private static final String ROCKSDB = "org.rocksdb..";
    private static final String NETTY = "io.netty..";
    private static final String NETTY_TLS = "io.netty.handler.ssl..";
    private static final String JAVALIN = "io.javalin..";
    private static final String JETTY = "org.eclipse.jetty..";
    private static final String SERVLET = "jakarta.servlet..";
    private static final String CSV = "org.apache.commons.csv..";
    private static final String MIME = "org.apache.james.mime4j..";
    private static final String ZSTD = "com.github.luben.zstd..";

    /** The pure packages: these know nothing but what is listed, not even a logger. */
    @ArchTest
    static final ArchRule modelIsValuesOnly = only("model", NULLNESS, JDK, IP_ADDRESS);

    @ArchTest
    static final ArchRule throttleIsThePureCore = only("throttle", NULLNESS, JDK, JDK_CRYPTO, ours("model"));

    @ArchTest
    static final ArchRule configKnowsNamesAndValues =
            only("config", NULLNESS, JDK, JDK_CRYPTO, LOGGING, KAFKA_CONFIG, ours("model"), ours("throttle"));

    @ArchTest
    static final ArchRule serdeIsTheBorder =
            only("serde", NULLNESS, JDK, LOGGING, JACKSON, ours("model"), ours("throttle"));

    @ArchTest
    static final ArchRule engineIsKafkaStreams = only(
            "engine",
            NULLNESS,
            JDK,
            LOGGING,
            MICROMETER,
            KAFKA_COMMON,
            KAFKA_CLIENTS,
            KAFKA_STREAMS,
            ROCKSDB,
            ours("model"),
            ours("throttle"),
            ours("config"),
            ours("serde"));

    @ArchTest
    static final ArchRule edgeNeverKnowsStreams = only(
            "edge",
            NULLNESS,
            JDK,
            LOGGING,
            MICROMETER,
            NETTY,
            // Its spool.
            ROCKSDB,
            KAFKA_COMMON,
            KAFKA_CLIENTS,
            ours("model"),
            ours("throttle"),
            ours("serde"),
            ours("config"));

    @ArchTest
    static final ArchRule replayRunsOffline = only(
            "replay",
            NULLNESS,
            JDK,
            LOGGING,
            JACKSON,
            CSV,
            ZSTD,
            ours("html"),
            ours("model"),
            ours("throttle"),
            ours("serde"));

    @ArchTest
    static final ArchRule readersKnowNothingOfTheJudgement = noClasses()
            .that()
            .resideInAPackage(ours("replay.log"))
            .should()
            .dependOnClassesThat(resideInAnyPackage(ours("throttle")).or(resideInAPackage("io.weir.replay")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule simulateSendsAndCounts =
            only("simulate", NULLNESS, JDK, ours("model"), ours("throttle"), ours("serde"), ours("replay"));

    @ArchTest
    static final ArchRule explainKnowsNoServer =
            only("explain", NULLNESS, JDK, JACKSON, MIME, ours("html"), ours("model"), ours("throttle"));

    @ArchTest
    static final ArchRule htmlIsTags = only("html", NULLNESS, JDK);

    @ArchTest
    static final ArchRule topicsReadsFilesAndAsksTheCluster =
            only("topics", NULLNESS, JDK, LOGGING, JACKSON, KAFKA_COMMON, KAFKA_CLIENTS, ours("model"), ours("config"));

    @ArchTest
    static final ArchRule operatorWritesAndWatches = only(
            "operator",
            NULLNESS,
            JDK,
            LOGGING,
            JACKSON,
            KAFKA_COMMON,
            KAFKA_CLIENTS,
            ours("model"),
            ours("throttle"),
            ours("serde"),
            ours("config"));

    @ArchTest
    static final ArchRule httpAsksTheEngine = only(
            "http",
            NULLNESS,
            JDK,
            LOGGING,
            JACKSON,
            MICROMETER,
            PROMETHEUS,
            JAVALIN,
            JETTY,
            SERVLET,
            // TLS by files in PEM.
            JDK_TLS,
            NETTY_TLS,
            ours("engine"),
            ours("explain"),
            ours("operator"),
            ours("model"),
            // What is known of a sender is a value of the core, and answered as it is.
            ours("throttle"),
            ours("config"));

    @ArchTest
    static final ArchRule brokerKnowsNothingOfOurs = noClasses()
            .that()
            .resideInAPackage(ours("broker"))
            .should()
            .dependOnClassesThat(resideInAPackage("io.weir..").and(not(resideInAPackage(ours("broker")))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule demoIsNeitherACommandNorAServer = noClasses()
            .that()
            .resideInAPackage(ours("demo"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ours("cli"), ours("http"), JAVALIN, JETTY, SERVLET, "picocli..")
            .allowEmptyShould(true);

    /** Kafka's server classes are not a public API: one package to mend when they change. */
    @ArchTest
    static final ArchRule onlyBrokerKnowsKafkasServer = noClasses()
            .that()
            .resideOutsideOfPackage(ours("broker"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "kafka..",
                    "scala..",
                    "org.apache.kafka.controller..",
                    "org.apache.kafka.coordinator..",
                    "org.apache.kafka.metadata..",
                    "org.apache.kafka.network..",
                    "org.apache.kafka.raft..",
                    "org.apache.kafka.server..",
                    "org.apache.kafka.storage..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule everyPackageIsInTheTable = classes()
            .should()
            .resideInAnyPackage(
                    ours("model"),
                    ours("throttle"),
                    ours("config"),
                    ours("serde"),
                    ours("engine"),
                    ours("edge"),
                    ours("replay"),
                    ours("simulate"),
                    ours("explain"),
                    ours("html"),
                    ours("topics"),
                    ours("operator"),
                    ours("http"),
                    ours("broker"),
                    ours("demo"),
                    ours("cli"));

    /** Events in, verdicts out: what the same partition read twice may not see differently, these packages may not see at all. */
    @ArchTest
    static final ArchRule theJudgementHasNoClockAndNoDice = noClasses()
            .that()
            .resideInAnyPackage(ours("throttle"), ours("engine"))
            .should(access(
                    "the wall clock or a source of randomness",
                    "java.lang.System.currentTimeMillis",
                    "java.lang.System.nanoTime",
                    "java.time.Clock.system",
                    "java.time.Clock.systemUTC",
                    "java.time.Clock.systemDefaultZone",
                    "java.time.Clock.tickMillis",
                    "java.time.Clock.tickSeconds",
                    "java.time.Clock.tickMinutes",
                    "java.time.Instant.now",
                    "java.time.LocalDate.now",
                    "java.time.LocalTime.now",
                    "java.time.LocalDateTime.now",
                    "java.time.OffsetDateTime.now",
                    "java.time.ZonedDateTime.now",
                    "java.util.Date.<init>",
                    "java.lang.Math.random",
                    "java.util.Random.<init>",
                    "java.util.UUID.randomUUID",
                    "java.util.concurrent.ThreadLocalRandom.current",
                    "org.apache.kafka.common.utils.Time.SYSTEM"))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyCommandsEndTheProcess = noClasses()
            .that()
            .resideOutsideOfPackage(ours("cli"))
            .should(access(
                    "the end of the process",
                    "java.lang.System.exit",
                    "java.lang.Runtime.exit",
                    "java.lang.Runtime.halt"))
            .allowEmptyShould(true);

    /** Standard output belongs to a command's answer, and is handed to whoever may write there. */
    @ArchTest
    static final ArchRule onlyCommandsTalkToTheTerminal = noClasses()
            .that()
            .resideOutsideOfPackage(ours("cli"))
            .should(access("a standard stream", "java.lang.System.out", "java.lang.System.err", "java.lang.System.in"))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes().should(liveInANullMarkedPackage());

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package whose package-info says @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " does not"));
                }
            }
        };
    }

    private static String ours(String name) {
        return "io.weir." + name + "..";
    }

    private static ArchRule only(String name, String... allowed) {
        String[] withItself =
                Stream.concat(Stream.of(ours(name)), Arrays.stream(allowed)).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(ours(name))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(withItself)
                // A package may be written after its rule.
                .allowEmptyShould(true);
    }

    /** Reads, calls and method references alike; a member is its owner's name, a dot and its own. */
    private static ArchCondition<JavaClass> access(String what, String... members) {
        Set<String> forbidden = Set.of(members);
        return new ArchCondition<>("access " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    String member = access.getTargetOwner().getName() + "."
                            + access.getTarget().getName();
                    if (forbidden.contains(member)) {
                        events.add(SimpleConditionEvent.satisfied(access, access.getDescription()));
                    }
                }
            }
        };
    }
}
