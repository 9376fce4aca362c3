package io.weir.replay.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Exchange's logs: comma-separated values, under comments of which {@code #Fields:} names the columns. */
final class CsvTable {
    private static final String FIELDS = "#Fields:";
    private static final CSVFormat FORMAT = CSVFormat.RFC4180;

    private final Map<String, Integer> columns = new HashMap<>();

    /** @param columns those that hold until a file names its own */
    CsvTable(List<String> columns) {
        name(columns);
    }

    private void name(List<String> names) {
        columns.clear();
        for (int i = 0; i < names.size(); i++) {
            columns.put(names.get(i).trim().toLowerCase(Locale.ROOT), i);
        }
    }

    /** Reads a comment; false when the line is none. */
    boolean comment(String line) {
        if (!line.startsWith("#")) {
            return false;
        }
        if (line.startsWith(FIELDS)) {
            name(List.of(line.substring(FIELDS.length()).split(",", -1)));
        }
        return true;
    }

    /** Of a line that is no comment; comments name the columns of those after them. */
    Row firstRow(String line) throws MalformedLineException {
        if (comment(line)) {
            throw new MalformedLineException("a comment");
        }
        return row(line);
    }

    Row row(String line) throws MalformedLineException {
        if (columns.isEmpty()) {
            throw new MalformedLineException("no #Fields: line before it, which names the columns");
        }
        try (CSVParser parser = CSVParser.parse(line, FORMAT)) {
            List<CSVRecord> records = parser.getRecords();
            if (records.size() != 1) {
                throw new MalformedLineException(records.isEmpty() ? "empty" : "more than one record");
            }
            return new Row(columns, records.get(0));
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new MalformedLineException("no comma-separated values");
        }
    }

    /** One line's values. */
    record Row(Map<String, Integer> columns, CSVRecord values) {
        /** Empty when the line has no such column. */
        String get(String column) {
            Integer at = columns.get(column);
            return at == null || at >= values.size() ? "" : values.get(at);
        }

        /** Moves the clock on to the line's time, milliseconds since the epoch. */
        long time(String column, LogClock clock) throws MalformedLineException {
            String stamp = require(column);
            return clock.at(LogStamp.rfc3339(stamp, 0, stamp.length()));
        }

        /** @throws MalformedLineException when the line has no such value */
        String require(String column) throws MalformedLineException {
            String value = get(column);
            if (value.isEmpty()) {
                throw new MalformedLineException("no " + column);
            }
            return value;
        }
    }
}
