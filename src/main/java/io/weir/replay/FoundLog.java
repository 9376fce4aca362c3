package io.weir.replay;

import io.weir.replay.log.LogReader;
import io.weir.replay.log.LogSample;
import io.weir.replay.log.LogSample.Beginning;

/**
 * A file that is history, and what its first lines tell.
 *
 * @param set what rotated files of one log have in common
 */
record FoundLog(LogSource source, String set, LogSample sample, Beginning beginning, LogReader.Options options) {
    String name() {
        return source.name();
    }

    long firstMs() {
        return beginning.firstMs();
    }

    /** The edge of its events, but for lines that name another. */
    String host() {
        return beginning.host().isEmpty() ? options.edge() : beginning.host();
    }

    FoundLog in(int year) {
        return sample.beginningIn(year)
                .map(other -> new FoundLog(source, set, sample, other, options.withFirstYear(year)))
                .orElse(this);
    }
}
