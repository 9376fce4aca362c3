package io.weir.replay.log;

import io.weir.model.ConnectionEvent;
import java.util.List;

/** What one format's lines mean. Holds what is open between them: sessions, transactions. */
interface FormatReader {
    /** @throws MalformedLineException when the line is not what the format promises */
    Reading read(String line) throws MalformedLineException;

    /**
     * Events that waited for a line that may never come, and wait no longer.
     *
     * @param end whether no more lines come: then nothing waits
     */
    default List<ConnectionEvent> due(boolean end) {
        return List.of();
    }

    /** Sessions and transactions that have begun and not ended so far. */
    long open();

    /** Sessions and transactions that were dropped because too many were open at once. */
    long forgotten();
}
