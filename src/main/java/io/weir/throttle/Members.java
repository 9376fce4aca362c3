package io.weir.throttle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The senders of one network, each noted at most once a day: whom a verdict on its newcomers spares, and whether the network is so well known
 * that a newcomer may be taken for one of its own.
 *
 * <p>Packed in the order of their keys; seldom looked into, often copied. Immutable. At most {@value #MOST} senders that a verdict would spare are
 * kept, and as many newcomers.
 */
public final class Members {
    public static final Members NONE = new Members(new byte[0], 0);

    /** More than a verdict can list. */
    static final int MOST = 1024;

    /** Those seen within a week are active; newcomers, which are forgotten as soon, within two days. */
    private static final long ACTIVE_DAYS = 7;

    private static final long NEWCOMER_DAYS = 2;
    private static final int LEAST_ESTABLISHED = 8;
    private static final int ESTABLISHED_OF_TEN = 8;

    private static final Kind[] KINDS = Kind.values();

    private final byte[] packed;
    private final long fullDay;

    /** How well a sender is known. */
    enum Kind {
        NEWCOMER,
        /** Not established, and yet no stranger: it was, or it sent while the site was learning, or its network vouches for it. */
        KNOWN,
        ESTABLISHED
    }

    /**
     * One sender.
     *
     * @param key {@link io.weir.model.NetworkKey#memberOf}
     * @param day when it was noted last, days since the epoch
     */
    private record Member(byte[] key, long day, Kind kind, PerHorizon record) {
        boolean isSpared() {
            return kind != Kind.NEWCOMER;
        }

        boolean isKeptOn(long today) {
            return day >= today - (isSpared() ? History.DAYS : NEWCOMER_DAYS);
        }

        boolean isActiveOn(long today) {
            return day >= today - (isSpared() ? ACTIVE_DAYS : NEWCOMER_DAYS);
        }
    }

    private Members(byte[] packed, long fullDay) {
        this.packed = packed;
        this.fullDay = fullDay;
    }

    /** Takes what {@link #bytes()} and {@link #fullDay()} gave; the caller must not change the bytes. */
    public static Members of(byte[] bytes, long fullDay) {
        return bytes.length == 0 && fullDay == 0 ? NONE : new Members(bytes, fullDay);
    }

    /** The packed form; callers must not change it. */
    public byte[] bytes() {
        return packed;
    }

    /** The last day on which a sender to be spared found no room, or 0. */
    public long fullDay() {
        return fullDay;
    }

    boolean isEmpty() {
        return packed.length == 0;
    }

    /** Takes note of a sender and forgets whom it is time to forget; the same instance when that changes nothing. */
    Members note(byte[] key, long today, Kind kind, PerHorizon record) {
        Member known = find(key);
        if (known != null && known.day >= today && known.kind == kind) {
            return this;
        }
        List<Member> before = all();
        List<Member> after = new ArrayList<>(before.size() + 1);
        Member noted = new Member(key, today, kind, record);
        int sameKind = 0;
        for (Member member : before) {
            if (Arrays.equals(member.key, key)) {
                noted = new Member(key, Math.max(member.day, today), kind, record);
            } else if (member.isKeptOn(today)) {
                after.add(member);
                sameKind += member.isSpared() == noted.isSpared() ? 1 : 0;
            }
        }
        if (sameKind >= MOST) {
            return new Members(pack(after), noted.isSpared() ? today : fullDay);
        }
        after.add(noted);
        after.sort((a, b) -> Arrays.compareUnsigned(a.key, b.key));
        return new Members(pack(after), fullDay);
    }

    /** Whether {@link #spared} is complete: nobody found no room as long as it may still be known. */
    boolean isComplete(long today) {
        return fullDay == 0 || fullDay < today - History.DAYS;
    }

    /** The keys of those that a verdict on newcomers spares. */
    List<byte[]> spared(long today) {
        return all().stream()
                .filter(member -> member.isSpared() && member.isKeptOn(today))
                .map(Member::key)
                .toList();
    }

    boolean spares(byte[] key, long today) {
        Member known = find(key);
        return known != null && known.isSpared() && known.isKeptOn(today);
    }

    /** How many senders there are of some kinds that are still active. */
    long active(long today, boolean establishedOnly) {
        return all().stream()
                .filter(member -> member.isActiveOn(today) && (!establishedOnly || member.kind == Kind.ESTABLISHED))
                .count();
    }

    /**
     * What a newcomer may be taken to have: half the median record of the established, when they are at least {@value #LEAST_ESTABLISHED} and
     * four fifths of all that are active. Null when they are not.
     */
    @Nullable
    PerHorizon legacy(long today) {
        List<Member> active =
                all().stream().filter(member -> member.isActiveOn(today)).toList();
        List<PerHorizon> records = active.stream()
                .filter(member -> member.kind == Kind.ESTABLISHED)
                .map(Member::record)
                .toList();
        if (records.size() < LEAST_ESTABLISHED || 10 * records.size() < ESTABLISHED_OF_TEN * active.size()) {
            return null;
        }
        return new PerHorizon(
                        median(records, PerHorizon::fiveMinutes),
                        median(records, PerHorizon::hour),
                        median(records, PerHorizon::day))
                .half();
    }

    /** The lower one of two. */
    private static long median(List<PerHorizon> records, ToLongFunction<PerHorizon> number) {
        long[] sorted = records.stream().mapToLong(number).sorted().toArray();
        return sorted[(sorted.length - 1) / 2];
    }

    /** Whether nobody is left on that day. */
    boolean isOver(long today) {
        return isComplete(today) && all().stream().noneMatch(member -> member.isKeptOn(today));
    }

    /** Looks for one without keeping the others: this is asked again and again, and changes seldom. */
    private @Nullable Member find(byte[] key) {
        Varints.Reader in = new Varints.Reader(packed);
        while (in.hasMore()) {
            if (in.skipBytes(key)) {
                return member(key, in);
            }
            in.readByte();
            in.read();
            in.skipMasked();
        }
        return null;
    }

    private List<Member> all() {
        List<Member> members = new ArrayList<>();
        Varints.Reader in = new Varints.Reader(packed);
        while (in.hasMore()) {
            members.add(member(in.readBytes(), in));
        }
        return members;
    }

    private static Member member(byte[] key, Varints.Reader in) {
        int kind = in.readByte();
        if (kind >= KINDS.length) {
            throw new IllegalArgumentException("a member is of kind " + kind + "; known are " + KINDS.length);
        }
        long day = in.read();
        PackedRows.Row record = new PackedRows.Row(0, in.readMasked());
        return new Member(key, day, KINDS[kind], new PerHorizon(record.get(0), record.get(1), record.get(2)));
    }

    private static byte[] pack(List<Member> members) {
        Varints out = new Varints(members.size() * 12);
        for (Member member : members) {
            out.writeBytes(member.key);
            out.writeByte(member.kind.ordinal());
            out.write(member.day);
            // A newcomer's record vouches for nobody.
            PerHorizon record = member.isSpared() ? member.record : PerHorizon.ZERO;
            out.writeMasked(record.fiveMinutes(), record.hour(), record.day());
        }
        return out.toBytes();
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof Members members
                        && members.fullDay == fullDay
                        && Arrays.equals(members.packed, packed));
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(packed) + Long.hashCode(fullDay);
    }

    @Override
    public String toString() {
        return all().size() + " members" + (fullDay == 0 ? "" : ", full on day " + fullDay);
    }
}
