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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a journal, {@code 000000000001.journal} and so on, and places in them. A place is one number that grows with
 * the journal: a file's number and the bytes before the place in it.
 */
final class Segments {
    private static final String SUFFIX = ".journal";
    private static final int OFFSET_BITS = 40;

    /** Follows the name of a file that could not be read whole. */
    private static final String DAMAGED = ".damaged";

    /** @param end place after it */
    record Placed(JournalRecord record, long end) {}

    private static final Logger LOG = LoggerFactory.getLogger(Segments.class);

    private final Path folder;
    private final Set<Long> damaged = ConcurrentHashMap.newKeySet();

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

    /** Deletes a file that is not needed any more, or keeps it aside if not all of it could be read. Any thread. */
    void retire(long segment) throws IOException {
        Path file = file(segment);
        if (damaged.contains(segment)) {
            Path aside = folder.resolve(file.getFileName() + DAMAGED);
            Files.move(file, aside);
            LOG.error("rows of hosts may be missing from the logs: what is left of them is kept in {}", aside);
        } else {
            Files.delete(file);
        }
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
     * The records that begin at or after a place, in order. A file's broken end, as a crash leaves it, ends the file; what is
     * broken before whole records is told, left out, and keeps the file from being deleted. A file that cannot be read is an
     * {@link UncheckedIOException}, after which the next comes; it stays too.
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
                int at = bytes.position();
                JournalRecord record = JournalRecord.read(bytes);
                if (record == null) {
                    bytes = afterDamage(bytes, at);
                } else {
                    next = new Placed(record, place(segment, bytes.position()));
                }
            }
            return true;
        }

        /** Null when nothing whole follows: then a crash has broken the last record, which nobody was told is safe. */
        private @Nullable ByteBuffer afterDamage(ByteBuffer broken, int at) {
            int whole = JournalRecord.find(broken, at + 1);
            if (whole < 0) {
                return null;
            }
            damaged.add(segment);
            LOG.error("{}: {} bytes from {} on are damaged, their rows are left out", file(segment), whole - at, at);
            return broken.position(whole);
        }

        private ByteBuffer open(long number) {
            try (FileChannel channel = FileChannel.open(file(number), StandardOpenOption.READ)) {
                long from = number == segment(start) ? Math.min(offset(start), channel.size()) : 0;
                ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
                return mapped.position((int) from);
            } catch (IOException e) {
                damaged.add(number);
                throw new UncheckedIOException(
                        file(number) + ": cannot be read: " + e.getMessage()
                                + ": make it readable, or move it away if its rows may be missing from the logs",
                        e);
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
