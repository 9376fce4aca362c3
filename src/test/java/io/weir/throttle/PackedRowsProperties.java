package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;

/** Packed rows behave, byte for byte, as a sorted map of rows packed anew after each change. */
class PackedRowsProperties {
    @Property
    void addingIsAddingToAMap(@ForAll("rows") List<PackedRows.Row> added) {
        PackedRows packed = PackedRows.EMPTY;
        TreeMap<Long, long[]> model = new TreeMap<>();
        for (PackedRows.Row row : added) {
            packed = packed.add(row.index(), row.columns());
            model.merge(row.index(), row.columns(), PackedRowsProperties::sum);
            assertThat(packed).isEqualTo(pack(model));
        }
    }

    @Property
    void whatIsPackedUnpacks(@ForAll("rows") List<PackedRows.Row> added) {
        TreeMap<Long, long[]> model = new TreeMap<>();
        added.forEach(row -> model.merge(row.index(), row.columns(), PackedRowsProperties::sum));
        List<PackedRows.Row> rows = pack(model).rows();
        assertThat(rows).extracting(PackedRows.Row::index).containsExactlyElementsOf(model.keySet());
        for (PackedRows.Row row : rows) {
            assertThat(sum(row.columns(), new long[PackedRows.MAX_COLUMNS]))
                    .isEqualTo(sum(model.get(row.index()), new long[PackedRows.MAX_COLUMNS]));
        }
    }

    @Property
    void cuttingIsCuttingAMap(
            @ForAll("rows") List<PackedRows.Row> added,
            @ForAll @LongRange(min = -3, max = 330) long from,
            @ForAll @LongRange(min = -3, max = 330) long to) {
        TreeMap<Long, long[]> model = new TreeMap<>();
        added.forEach(row -> model.merge(row.index(), row.columns(), PackedRowsProperties::sum));
        PackedRows cut = pack(model).between(from, to);
        assertThat(cut).isEqualTo(from < to ? pack(model.subMap(from, to)) : PackedRows.EMPTY);
        assertThat(PackedRows.of(cut.rows())).isEqualTo(cut);
    }

    @Property
    void appendingIsAddingAndCutting(
            @ForAll("rows") List<PackedRows.Row> added, @ForAll @LongRange(min = 0, max = 400) long keepFrom) {
        TreeMap<Long, long[]> model = new TreeMap<>();
        added.forEach(row -> model.merge(row.index(), row.columns(), PackedRowsProperties::sum));
        PackedRows packed = pack(model);
        long[] counts = {3, 2};
        assertThat(packed.append(400, counts, keepFrom))
                .isEqualTo(packed.add(400, counts).between(keepFrom, 401));
    }

    private static PackedRows pack(Map<Long, long[]> model) {
        List<PackedRows.Row> rows = new ArrayList<>();
        model.forEach((index, columns) -> rows.add(new PackedRows.Row(index, columns)));
        return PackedRows.of(rows);
    }

    private static long[] sum(long[] a, long[] b) {
        long[] sum = new long[Math.max(a.length, b.length)];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (i < a.length ? a[i] : 0) + (i < b.length ? b[i] : 0);
        }
        return sum;
    }

    @Provide
    Arbitrary<List<PackedRows.Row>> rows() {
        Arbitrary<long[]> columns = Arbitraries.frequencyOf(
                        Tuple.of(2, Arbitraries.just(0L)),
                        Tuple.of(3, Arbitraries.longs().between(0, 300)),
                        Tuple.of(1, Arbitraries.longs().between(0, Long.MAX_VALUE / 100)))
                .array(long[].class)
                .ofMinSize(0)
                .ofMaxSize(PackedRows.MAX_COLUMNS);
        return Combinators.combine(Arbitraries.longs().between(0, 320), columns)
                .as(PackedRows.Row::new)
                .list()
                .ofMaxSize(60);
    }
}
