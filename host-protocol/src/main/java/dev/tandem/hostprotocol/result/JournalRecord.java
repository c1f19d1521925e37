package dev.tandem.hostprotocol.result;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A batch as the journal keeps it.
 *
 * <pre>
 * length of what follows the checksum, 4 bytes | CRC-32C of it, 4
 * node, 8 | arrival, 8 (double) | status, 1 | lines, 4 | for each line: length, 4, and its bytes
 * </pre>
 */
record JournalRecord(long node, double arrival, boolean status, List<byte[]> lines) {
    static final int HEADER = 8;

    private static final int FIXED = 8 + 8 + 1 + 4;

    /** A longer one is taken for a broken file. */
    private static final int LONGEST = 1 << 30;

    int size() {
        int size = HEADER + FIXED;
        for (byte[] line : lines) {
            size += 4 + line.length;
        }
        return size;
    }

    void write(ByteBuffer out) {
        int start = out.position();
        out.putInt(size() - HEADER).putInt(0);
        out.putLong(node).putDouble(arrival).put((byte) (status ? 1 : 0)).putInt(lines.size());
        for (byte[] line : lines) {
            out.putInt(line.length).put(line);
        }
        out.putInt(start + 4, checksum(out.slice(start + HEADER, out.position() - start - HEADER)));
    }

    /** @return null when what follows is no whole record, as after a crash; the position is then undefined */
    static @Nullable JournalRecord read(ByteBuffer in) {
        if (in.remaining() < HEADER) {
            return null;
        }
        int length = in.getInt();
        int expected = in.getInt();
        if (length < FIXED || length > LONGEST || length > in.remaining()) {
            return null;
        }
        ByteBuffer body = in.slice(in.position(), length);
        in.position(in.position() + length);
        if (checksum(body.duplicate()) != expected) {
            return null;
        }
        try {
            long node = body.getLong();
            double arrival = body.getDouble();
            boolean status = body.get() != 0;
            int count = body.getInt();
            List<byte[]> lines = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] line = new byte[body.getInt()];
                body.get(line);
                lines.add(line);
            }
            return new JournalRecord(node, arrival, status, lines);
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            return null; // its checksum is right, so a newer version wrote it
        }
    }

    /** The place of the next whole record at or after one; -1 when there is none. The buffer's position is left alone. */
    static int find(ByteBuffer in, int from) {
        for (int at = from; at <= in.limit() - HEADER - FIXED; at++) {
            int length = in.getInt(at);
            if (length >= FIXED && length <= LONGEST && length <= in.limit() - at - HEADER) {
                if (checksum(in.slice(at + HEADER, length)) == in.getInt(at + 4)) {
                    return at;
                }
            }
        }
        return -1;
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
