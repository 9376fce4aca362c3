package io.weir.simulate.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.LongStream;

/** The versioned file of the scenarios' parameters. */
public final class Ranges {
    private static final String RESOURCE = "/io/weir/simulate/scenarios.properties";
    private static final String[] COMMON = {"campaign", "sender", "site"};

    private final String version;
    private final Map<String, Range> ranges = new HashMap<>();

    private Ranges(Properties file) {
        this.version = file.getProperty("version", "none");
        file.stringPropertyNames().forEach(key -> ranges.put(key, Range.parse(file.getProperty(key))));
    }

    /** Those that come with Weir. */
    public static Ranges shipped() {
        Properties file = new Properties();
        try (InputStream in = Ranges.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in the jar");
            }
            file.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
        return new Ranges(file);
    }

    public String version() {
        return version;
    }

    /** Seeds that may be tuned by. */
    public List<Long> tuningSeeds() {
        return seeds("seeds.tuning");
    }

    /** Seeds whose results are reported. */
    public List<Long> reportingSeeds() {
        return seeds("seeds.reporting");
    }

    private List<Long> seeds(String key) {
        Range range = of("seeds", key.substring("seeds.".length()));
        return LongStream.rangeClosed((long) range.low(), (long) range.high())
                .boxed()
                .toList();
    }

    /**
     * A family's own range, or that of the group it belongs to (what stands before a hyphen), or the common one.
     *
     * @throws IllegalArgumentException when there is none of these
     */
    Range of(String family, String key) {
        for (String group = family; !group.isEmpty(); group = group.substring(0, Math.max(0, group.lastIndexOf('-')))) {
            Range own = ranges.get(group + "." + key);
            if (own != null) {
                return own;
            }
        }
        for (String group : COMMON) {
            Range common = ranges.get(group + "." + key);
            if (common != null) {
                return common;
            }
        }
        throw new IllegalArgumentException("no range of " + key + " for " + family);
    }
}
