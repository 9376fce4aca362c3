package io.weir.replay;

import io.weir.replay.log.LogFormat;
import io.weir.replay.log.ReadReport;

/**
 * What became of one file.
 *
 * @param file its name, as it was given
 * @param host that its first line names, or what stands for it: the edge of its events, but for lines that name another
 * @param damage why it could not be read to its end, in words that go on from its name; empty when it was
 * @param read what became of its lines
 */
public record FileReport(String file, LogFormat format, String host, String damage, ReadReport read) {}
