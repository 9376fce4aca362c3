package io.weir.engine;

import io.weir.model.Verdict;
import io.weir.serde.StateCodec;
import io.weir.throttle.Judgement.ClosedDay;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.WindowStore;

/** What is written for people to read later, and never read by the judgement. */
final class Archive {
    private final WindowStore<Bytes, byte[]> traffic;
    private final WindowStore<Bytes, byte[]> verdicts;
    private final StateCodec codec;

    Archive(WindowStore<Bytes, byte[]> traffic, WindowStore<Bytes, byte[]> verdicts, StateCodec codec) {
        this.traffic = traffic;
        this.verdicts = verdicts;
        this.codec = codec;
    }

    void closed(Bytes sender, List<ClosedDay> days) {
        for (ClosedDay day : days) {
            traffic.put(sender, codec.writeDay(day.hours()), day.day() * StateStores.DAY.toMillis());
        }
    }

    /** The sequence number tells two verdicts of one millisecond apart. An alarm's case is printed nowhere. */
    void published(Bytes sender, byte[] verdictJson, Verdict verdict) {
        verdicts.put(sender, verdictJson, verdict.seq());
        if (!verdict.alarms()) {
            verdicts.put(CaseKey.of(verdict.caseId()), sender.get(), verdict.seq());
        }
    }
}
