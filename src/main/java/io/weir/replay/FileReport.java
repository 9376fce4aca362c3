package io.weir.replay;

import io.weir.replay.log.LogFormat;
import io.weir.replay.log.ReadReport;

/**
 * What became of one file.
 *
 * @param file its name, as it was given
 * @param host that its first line names: the edge of its events, but for lines that name another
 */
public record FileReport(String file, LogFormat format, String host, ReadReport read) {}
