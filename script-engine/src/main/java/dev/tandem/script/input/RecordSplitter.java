package dev.tandem.script.input;

import dev.tandem.core.value.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/** Cuts a stream of bytes at a separator of one or more bytes. */
final class RecordSplitter {
    private final byte[] separator;
    private byte[] buffer = new byte[4096];
    private int used;
    private int searched;

    RecordSplitter(Bytes separator) {
        this.separator = separator.isEmpty() ? new byte[] {0} : separator.array();
    }

    /** Hands on every record that is complete, until the stream has no more for now. */
    void read(InputStream in, Consumer<Bytes> record) throws IOException {
        while (true) {
            if (used == buffer.length) {
                buffer = Arrays.copyOf(buffer, used * 2);
            }
            int n = in.read(buffer, used, buffer.length - used);
            if (n < 0) {
                return;
            }
            used += n;
            cut(record);
        }
    }

    private void cut(Consumer<Bytes> record) {
        int from = 0;
        int last = used - separator.length;
        int at = searched;
        while (at <= last) {
            if (Arrays.equals(buffer, at, at + separator.length, separator, 0, separator.length)) {
                record.accept(Bytes.copyOf(buffer, from, at));
                at += separator.length;
                from = at;
            } else {
                at++;
            }
        }
        System.arraycopy(buffer, from, buffer, 0, used - from);
        used -= from;
        searched = Math.max(0, at - from);
    }

    /** The stream has ended: what is left is a record. */
    void finish(Consumer<Bytes> record) {
        if (used > 0) {
            record.accept(Bytes.copyOf(buffer, 0, used));
        }
        clear();
    }

    /** Forgets an incomplete record. */
    void clear() {
        used = 0;
        searched = 0;
    }
}
