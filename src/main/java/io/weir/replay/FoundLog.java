package io.weir.replay;

import io.weir.replay.log.LogReader;
import io.weir.replay.log.LogSample;

/** A file that is history, and what its first lines tell. */
record FoundLog(LogSource source, LogSample sample, LogReader.Options options) {}
