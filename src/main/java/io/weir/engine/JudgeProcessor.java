package io.weir.engine;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The topology's one processor: a judge for as long as the partition is assigned. */
final class JudgeProcessor implements Processor<byte[], byte[], String, byte[]> {
    private final JudgeOptions options;
    private @Nullable PartitionJudge judge;

    JudgeProcessor(JudgeOptions options) {
        this.options = options;
    }

    /** Called again on the same instance when a task is revived with restored stores: nothing may survive from before. */
    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        close();
        judge = new PartitionJudge(context, options);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (judge == null) {
            throw new IllegalStateException("not initialised");
        }
        judge.take(record);
    }

    @Override
    public void close() {
        if (judge != null) {
            judge.close();
            judge = null;
        }
    }
}
