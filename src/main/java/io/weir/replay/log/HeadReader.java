package io.weir.replay.log;

/** Reads when and where a line was written, and nothing else. */
interface HeadReader {
    /** @param host empty when the log does not say */
    record Head(long timeMs, String host) {}

    /** @throws MalformedLineException when the line has no time, or is a comment */
    Head read(String line) throws MalformedLineException;
}
