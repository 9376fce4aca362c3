package io.weir.replay.log;

import java.io.IOException;

/** What one format's lines mean. Holds what is open between them: sessions, transactions. */
interface FormatReader {
    /** @throws MalformedLineException when the line is not what the format promises */
    Reading read(String line) throws MalformedLineException;

    /** Sessions and transactions that have begun and not ended so far. */
    long open();

    /** Sessions and transactions that were dropped because too many were open at once. */
    long forgotten();

    /** Everything that later lines are read by, but the time. */
    void save(StateWriter to) throws IOException;

    /** Puts back what was saved, into a reader that has read nothing. */
    void load(StateReader from) throws IOException;
}
