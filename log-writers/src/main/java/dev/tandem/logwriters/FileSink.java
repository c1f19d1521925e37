package dev.tandem.logwriters;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file, emptied or cut when it is opened. A write that fails half way is undone, so that the file ends in a whole row. */
final class FileSink implements LogSink {
    private final FileChannel channel;
    private final boolean isRegular;
    private long size;

    FileSink(Path path) throws IOException {
        channel = FileChannel.open(
                path, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        isRegular = Files.isRegularFile(path);
    }

    private FileSink(FileChannel channel, long length) {
        this.channel = channel;
        isRegular = true;
        size = length;
    }

    /** Opens a file to go on after so many bytes; what is behind them goes. */
    static FileSink after(Path path, long length) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        long kept = Math.min(length, channel.size());
        channel.truncate(kept);
        channel.position(kept);
        return new FileSink(channel, kept);
    }

    /**
     * What a file is whatever its name; empty when it is not there or the system does not say. The device is left out: its
     * number may be another after the machine was started again.
     */
    static String identity(Path path) throws IOException {
        if (!Files.exists(path)) {
            return "";
        }
        try {
            return "inode " + Files.getAttribute(path, "unix:ino");
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }

    /** Has the disk keep what was written, and returns how much that is in all. */
    long sync() throws IOException {
        channel.force(false);
        return size;
    }

    @Override
    public void write(byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            size += length;
        } catch (IOException e) {
            undo(e);
            throw e;
        }
    }

    private void undo(IOException cause) {
        if (!isRegular) {
            return; // a pipe or device cannot take anything back
        }
        try {
            channel.truncate(size);
            channel.position(size);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
