package io.weir.engine;

import io.weir.config.EngineSettings.GroupProtocol;
import io.weir.config.EngineSettings.ProcessingGuarantee;
import io.weir.config.PassThrough;
import io.weir.config.WeirConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;

/** Our settings in Kafka Streams' words. What was passed through comes last and wins. */
final class StreamsSettings {
    /** A dead letter is a whole bad record and its headers; the topic allows as much. */
    private static final int MOST_REQUEST_BYTES = 2 * 1024 * 1024;

    private static final int BATCH_BYTES = 64 * 1024;
    /** A killed engine's partitions go to another this long after; within the 15 minutes that a verdict lives, many times over. */
    private static final int SESSION_TIMEOUT_MS = 10_000;

    private StreamsSettings() {}

    static Map<String, Object> of(WeirConfig config, HostInfo self, DeadLetters deadLetters, RocksDbMemory memory) {
        Map<String, Object> settings = new HashMap<>(config.passThrough(PassThrough.KAFKA));
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, self.host() + ":" + self.port());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.streamThreads());
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitIntervalMs());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDirectory().toString());
        settings.put(
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, config.recordCacheBytes() - senderCacheBytes(config));
        settings.put(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                config.processingGuarantee() == ProcessingGuarantee.EXACTLY_ONCE
                        ? StreamsConfig.EXACTLY_ONCE_V2
                        : StreamsConfig.AT_LEAST_ONCE);
        group(settings, config);
        topology(settings);
        deadLetters(settings, EngineTopics.of(config), deadLetters);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbSettings.class);
        settings.put(RocksDbMemory.CONFIG, memory);
        producer(settings, config);
        settings.putAll(config.passThrough(PassThrough.STREAMS));
        return settings;
    }

    /** A quarter is enough to gather what is written between two commits; the rest holds states as objects. */
    static long senderCacheBytes(WeirConfig config) {
        return config.recordCacheBytes() / 4 * 3;
    }

    private static void group(Map<String, Object> settings, WeirConfig config) {
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, config.groupProtocol().label());
        if (config.groupProtocol() == GroupProtocol.CLASSIC) {
            // Under the streams protocol both belong to the group and are the broker's to know.
            settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
            settings.put(
                    StreamsConfig.mainConsumerPrefix(CommonClientConfigs.SESSION_TIMEOUT_MS_CONFIG),
                    SESSION_TIMEOUT_MS);
        }
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 1_000);
        if (config.processingGuarantee() == ProcessingGuarantee.AT_LEAST_ONCE) {
            // Rules are written in a transaction: an aborted one must not be judged by. Exactly once implies it.
            settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        }
    }

    /** State is bound to these: another order or name of stores would be another state. */
    private static void topology(Map<String, Object> settings) {
        settings.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    }

    private static void deadLetters(Map<String, Object> settings, EngineTopics topics, DeadLetters deadLetters) {
        settings.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, topics.deadLetters());
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, RefusedToDeadLetters.class);
        // There is no global thread; said so, Kafka Streams does not warn that its handler is off.
        settings.put("processing.exception.handler.global.enabled", true);
        settings.put(DeadLetters.CONFIG, deadLetters);
    }

    private static void producer(Map<String, Object> settings, WeirConfig config) {
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), config.lingerMs());
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MOST_REQUEST_BYTES);
    }
}
