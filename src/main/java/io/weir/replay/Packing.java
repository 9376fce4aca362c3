package io.weir.replay;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** How a log is packed, by what it begins with, whatever it is called. */
enum Packing {
    PLAIN("", ""),
    GZIP("gzip", "1f8b"),
    ZSTD("zstd", "28b52ffd"),
    BZIP2("bzip2", "425a68"),
    XZ("xz", "fd377a585a"),
    ZIP("zip", "504b0304"),
    UTF16("UTF-16", "fffe");

    private static final int LONGEST_MARK = 5;
    private static final int CHUNK = 64 * 1024;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final String label;
    /** Hexadecimal. */
    private final String mark;

    Packing(String label, String mark) {
        this.label = label;
        this.mark = mark;
    }

    static Packing of(BufferedInputStream in) throws IOException {
        in.mark(LONGEST_MARK);
        String beginning = HexFormat.of().formatHex(in.readNBytes(LONGEST_MARK));
        in.reset();
        return Arrays.stream(values())
                .filter(packing -> packing != PLAIN && beginning.startsWith(packing.mark))
                .findFirst()
                .orElse(PLAIN);
    }

    /**
     * The text.
     *
     * @param name for the message
     * @throws HistoryException when this is a way of packing that is not read
     */
    InputStream unpack(InputStream in, String name) throws IOException {
        return switch (this) {
            case PLAIN -> withoutByteOrderMark(in);
            case GZIP -> withoutByteOrderMark(new GZIPInputStream(new Unending(in), CHUNK));
            case ZSTD -> withoutByteOrderMark(new ZstdInputStream(in));
            case BZIP2, XZ, ZIP ->
                throw new HistoryException(
                        name + " is packed by " + label + "; allowed are gzip and zstd, so unpack it first");
            case UTF16 -> throw new HistoryException(name + " is text in UTF-16; convert it to UTF-8 first");
        };
    }

    /** Whether a reading failed since what is packed is cut off or damaged, and not the disk. */
    static boolean isDamage(IOException e) {
        return e instanceof EOFException || e instanceof ZipException || e instanceof ZstdIOException;
    }

    /** Windows puts one before UTF-8. */
    private static InputStream withoutByteOrderMark(InputStream in) throws IOException {
        // So small that larger readings go past it.
        BufferedInputStream text = new BufferedInputStream(in, BYTE_ORDER_MARK.length);
        text.mark(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(text.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
            text.reset();
        }
        return text;
    }

    /** The JDK asks whether there is more behind a member of a gzip file, and takes a pipe that has nothing ready for its end. */
    private static final class Unending extends FilterInputStream {
        Unending(InputStream in) {
            super(in);
        }

        @Override
        public int available() {
            return 1;
        }
    }
}
