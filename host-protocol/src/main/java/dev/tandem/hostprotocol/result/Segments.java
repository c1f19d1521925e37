package dev.tandem.hostprotocol.result;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The files of a journal, {@code 000000000001.journal} and so on, and places in them. A place is one number that grows with
 * the journal: a file's number and the bytes before the place in it.
 */
final class Segments {
    private static final String SUFFIX = ".journal";
    private static final int OFFSET_BITS = 40;

    /** @param end place after it */
    record Placed(JournalRecord record, long end) {}

    private final Path folder;

    Segments(Path folder) {
        this.folder = folder;
    }

    static long place(long segment, long offset) {
        return segment << OFFSET_BITS | offset;
    }

    static long segment(long place) {
        return place >>> OFFSET_BITS;
    }

    private static long offset(long place) {
        return place & (1L << OFFSET_BITS) - 1;
    }

    Path file(long segment) {
        return folder.resolve("%012d".formatted(segment) + SUFFIX);
    }

    /** Numbers of the files that are there, ascending. */
    List<Long> all() throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String number = name.substring(0, name.length() - SUFFIX.length());
                if (number.matches("[0-9]{12}")) {
                    numbers.add(Long.parseLong(number));
                }
            }
        }
        numbers.sort(null);
        return numbers;
    }

    /**
     * The records that begin at or after a place, in order. A file's broken end, as a crash leaves it, ends the file. One that
     * cannot be read is an {@link UncheckedIOException}, after which the next comes.
     */
    Iterator<Placed> from(long place, List<Long> segments) {
        return new Reader(place, segments);
    }

    private final class Reader implements Iterator<Placed> {
        private final long start;
        private final Iterator<Long> segments;
        private long segment;
        private @Nullable ByteBuffer bytes;
        private @Nullable Placed next;

        Reader(long start, List<Long> segments) {
            this.start = start;
            this.segments =
                    segments.stream().filter(s -> s >= segment(start)).toList().iterator();
        }

        @Override
        public boolean hasNext() {
            while (next == null) {
                if (bytes == null) {
                    if (!segments.hasNext()) {
                        return false;
                    }
                    segment = segments.next();
                    bytes = open(segment);
                }
                JournalRecord record = JournalRecord.read(bytes);
                if (record == null) {
                    bytes = null;
                } else {
                    next = new Placed(record, place(segment, bytes.position()));
                }
            }
            return true;
        }

        private ByteBuffer open(long number) {
            try (FileChannel channel = FileChannel.open(file(number), StandardOpenOption.READ)) {
                long from = number == segment(start) ? Math.min(offset(start), channel.size()) : 0;
                ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
                return mapped.position((int) from);
            } catch (IOException e) {
                throw new UncheckedIOException(file(number) + ": cannot be read: " + e.getMessage(), e);
            }
        }

        @Override
        public Placed next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            Placed given = next;
            next = null;
            return given;
        }
    }
}
