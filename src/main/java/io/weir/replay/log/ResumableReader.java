package io.weir.replay.log;

import java.io.IOException;

/** A format that can be gone on with after a pause, as a log is that grows. */
interface ResumableReader extends FormatReader {
    /** Everything that later lines are read by, but the time. */
    void save(StateWriter to) throws IOException;

    /** Puts back what was saved, into a reader that has read nothing. */
    void load(StateReader from) throws IOException;
}
