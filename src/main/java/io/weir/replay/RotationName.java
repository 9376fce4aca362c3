package io.weir.replay;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a log's name says of its place among those that were rotated.
 *
 * @param base the name that all of them have in common: {@code mail.log} of {@code mail.log.2.gz} and {@code mail.log-20261125}
 * @param number counted by logrotate, the larger the older
 * @param date when it was rotated, or begun
 */
record RotationName(String base, OptionalInt number, Optional<LocalDate> date) {
    private static final Pattern PACKED = Pattern.compile("\\.(gz|zst|zstd)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("\\.(\\d{1,4})$");
    private static final Pattern DATE =
            Pattern.compile("[-._]?(?<!\\d)(\\d{4})-?(\\d{2})-?(\\d{2})(?:\\d{2})?(?!\\d)(?:-\\d{1,10})?");

    static RotationName of(Path file) {
        Path last = file.getFileName();
        String name = PACKED.matcher(last == null ? "" : last.toString()).replaceFirst("");
        Matcher number = NUMBER.matcher(name);
        if (number.find()) {
            return new RotationName(
                    name.substring(0, number.start()),
                    OptionalInt.of(Integer.parseInt(number.group(1))),
                    Optional.empty());
        }
        Matcher date = DATE.matcher(name);
        while (date.find()) {
            Optional<LocalDate> day = day(date);
            if (day.isPresent()) {
                String base = name.substring(0, date.start()) + name.substring(date.end());
                return new RotationName(base, OptionalInt.empty(), day);
            }
        }
        return new RotationName(name, OptionalInt.empty(), Optional.empty());
    }

    private static Optional<LocalDate> day(Matcher date) {
        try {
            return Optional.of(LocalDate.of(
                    Integer.parseInt(date.group(1)), Integer.parseInt(date.group(2)), Integer.parseInt(date.group(3))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
