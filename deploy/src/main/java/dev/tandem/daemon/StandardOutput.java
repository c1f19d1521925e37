package dev.tandem.daemon;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Standard output, which remembers why it could not be written: print streams do not tell. */
final class StandardOutput extends OutputStream {
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private volatile @Nullable IOException failure;

    /** The first thing that went wrong; null when nothing did. Any thread. */
    @Nullable
    IOException failure() {
        return failure;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int at, int count) throws IOException {
        IOException known = failure;
        if (known != null) {
            throw known;
        }
        try {
            out.write(bytes, at, count);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
