package dev.tandem.logwriters;

/**
 * Bytes of whole rows on their way to one file. Belongs to the front while it is filled, then to the writer thread, then to
 * the pool of {@link WriterQueue}: never to two at once.
 */
final class LogChunk {
    static final int SIZE = 64 * 1024;

    byte[] bytes;
    int length;
    int rows;

    LogChunk(int size) {
        bytes = new byte[size];
    }

    /** Moves the content into a chunk without spare room, so that this one can be used again. */
    LogChunk compact() {
        LogChunk copy = new LogChunk(length);
        System.arraycopy(bytes, 0, copy.bytes, 0, length);
        copy.length = length;
        copy.rows = rows;
        return copy;
    }
}
