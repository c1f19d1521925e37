package dev.tandem.core.file;

import dev.tandem.core.engine.NetworkTime;
import dev.tandem.core.engine.TimedWork;
import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.record.RecordFactory;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All files that are passing, by id (zeek {@code src/file_analysis/Manager.cc}). Engine thread.
 *
 * <p>Analyzers of protocols hand in content with where it comes from. Which file it belongs to is for scripts to say: they are
 * asked by get_file_handle, answer with a string, and equal strings are the same file. What they do in file_new and file_sniff
 * takes effect before the content goes on, so those events run at once.
 */
public final class FileTable implements TimedWork {
    private final FileEvents events;
    private final EventQueue queue;
    private final RecordFactory records;
    private final NetworkTime time;
    private final FileAnalyzers analyzers;
    private final FileContext context;
    private final FileIds ids;
    private final FileOptions options = new FileOptions();
    private final Map<String, FileAnalysis> files = new HashMap<>();
    private final Set<String> ignored = new HashSet<>();

    /** The same files, by when to look whether they have fallen silent. */
    private final NavigableSet<FileAnalysis> byLook = new TreeSet<>(
            Comparator.comparingDouble((FileAnalysis f) -> f.lookDue).thenComparing(FileAnalysis::id));

    private String handle = "";
    private long total;
    private int most;

    public FileTable(
            EventRegistry registry,
            EventQueue queue,
            RecordFactory records,
            NetworkTime time,
            FileAnalyzers analyzers,
            FileContext context) {
        events = new FileEvents(registry);
        this.queue = queue;
        this.records = records;
        this.time = time;
        this.analyzers = analyzers;
        this.context = context;
        ids = new FileIds();
    }

    /** Whether anybody cares for files; if not, nothing is to be handed in. */
    public boolean isWanted() {
        return events.handle.wanted();
    }

    public FileOptions options() {
        return options;
    }

    public FileIds ids() {
        return ids;
    }

    public FileAnalyzers analyzers() {
        return analyzers;
    }

    /** Files passing now. */
    public int current() {
        return files.size();
    }

    /** Files since the beginning. */
    public long total() {
        return total;
    }

    /** The most files that were passing at once. */
    public int most() {
        return most;
    }

    // For analyzers of protocols

    /**
     * Takes the next bytes of a file.
     *
     * @param known what the last call for the same file returned; empty asks the scripts
     * @return its id; empty when it is over or nobody wants it
     */
    public String data(FileOrigin origin, byte[] data, int from, int to, String known) {
        FileAnalysis file = file(origin, known, false);
        if (file == null) {
            return "";
        }
        file.data(data, from, to);
        return afterwards(file);
    }

    /** As the other, for bytes at an offset. */
    public String data(FileOrigin origin, byte[] data, int from, int to, long offset, String known) {
        FileAnalysis file = file(origin, known, true);
        if (file == null) {
            return "";
        }
        file.data(data, from, to, offset);
        return afterwards(file);
    }

    /**
     * Takes the next bytes of a file that comes over no connection.
     *
     * @param source what scripts see in {@code f$source}; the file's id is made of it
     * @param known what the last call for the same file returned; empty for the first
     * @return its id; empty when nobody wants it, or it is complete
     */
    public String data(Bytes source, byte[] data, int from, int to, String known) {
        String id = known.isEmpty() ? ids.of(source, options.idBits) : known;
        if (ignored.contains(id)) {
            return "";
        }
        FileAnalysis file = files.get(id);
        if (file == null) {
            file = new FileAnalysis(this, id, source);
            begin(file);
            if (ignored.contains(id)) {
                return "";
            }
        } else {
            file.active();
        }
        file.data(data, from, to);
        return afterwards(file);
    }

    /** Notes that bytes at an offset will not come. */
    public String gap(FileOrigin origin, long offset, long bytes, String known) {
        FileAnalysis file = file(origin, known, true);
        if (file == null) {
            return "";
        }
        file.gap(offset, bytes);
        return file.id();
    }

    /** Notes how long the file will be. */
    public String size(FileOrigin origin, long bytes, String known) {
        FileAnalysis file = file(origin, known, true);
        if (file == null) {
            return "";
        }
        file.totalBytes(bytes);
        return afterwards(file);
    }

    private String afterwards(FileAnalysis file) {
        if (file.isComplete()) {
            end(file.id());
            return "";
        }
        return file.id();
    }

    /** The file at hand of that origin has ended. */
    public void end(FileOrigin origin) {
        end(idOf(origin));
    }

    /** That file has ended; nothing when there is none of that id. */
    public void end(String id) {
        FileAnalysis file = files.get(id);
        if (file != null) {
            file.end();
            files.remove(id);
            byLook.remove(file);
            ignored.remove(id);
        }
    }

    private String idOf(FileOrigin origin) {
        handle = "";
        if (!events.handle.wanted()) {
            return "";
        }
        queue.add(
                events.handle,
                records.enumValue(origin.tag()),
                origin.connection().record(),
                origin.fromOriginator());
        runEvents();
        return handle;
    }

    private @Nullable FileAnalysis file(FileOrigin origin, String known, boolean joins) {
        String id = known.isEmpty() ? idOf(origin) : known;
        if (id.isEmpty() || ignored.contains(id)) {
            return null;
        }
        FileAnalysis file = files.get(id);
        if (file != null) {
            file.active();
            if (joins && file.joins(origin.connection())) {
                overNewConnection(file, origin);
            }
            return file;
        }
        file = new FileAnalysis(this, id, origin);
        begin(file);
        overNewConnection(file, origin);
        return ignored.contains(id) ? null : file;
    }

    private void begin(FileAnalysis file) {
        files.put(file.id(), file);
        total++;
        most = Math.max(most, files.size());
        look(file);
        file.raiseNow(events.fileNew);
    }

    private void overNewConnection(FileAnalysis file, FileOrigin origin) {
        if (events.overNewConnection.wanted()) {
            file.raiseNow(events.overNewConnection, origin.connection().record(), origin.fromOriginator());
        }
    }

    // For scripts

    /** Answers get_file_handle; empty is no file. */
    public void handle(Bytes answer) {
        if (!answer.isEmpty()) {
            handle = ids.of(answer, options.idBits);
        }
    }

    /** Null when there is none of that id. */
    public @Nullable FileAnalysis find(String id) {
        return files.get(id);
    }

    /** Drops all that comes of a file. @return false when there is none of that id */
    public boolean ignore(String id) {
        return files.containsKey(id) && ignored.add(id);
    }

    boolean isIgnored(String id) {
        return ignored.contains(id);
    }

    /** @return false when there is none of that id, or its arguments do not do */
    public boolean add(String id, String kind, RecordValue args) {
        FileAnalysis file = files.get(id);
        return file != null && file.add(kind, args);
    }

    /** @return false when there is no such file or analyzer */
    public boolean remove(String id, String kind, RecordValue args) {
        FileAnalysis file = files.get(id);
        return file != null && file.remove(kind, args);
    }

    /** The analyzer of that kind and arguments; null when there is none. */
    public @Nullable FileAnalyzer analyzer(String id, String kind, RecordValue args) {
        FileAnalysis file = files.get(id);
        return file == null ? null : file.analyzer(kind, args);
    }

    /** Sets how long a file may be silent, and in file_timeout lets it go on. @return false when there is none of that id */
    public boolean timeout(String id, double seconds) {
        FileAnalysis file = files.get(id);
        if (file == null) {
            return false;
        }
        file.postponed |= seconds > 0;
        file.timeout(seconds);
        return true;
    }

    /** Whether parts that come early are kept. @return false when there is none of that id */
    public boolean reassemble(String id, boolean on) {
        FileAnalysis file = files.get(id);
        if (file == null) {
            return false;
        }
        file.reassemble(on);
        return true;
    }

    /** How many bytes of early parts are kept. @return false when there is none of that id */
    public boolean mostHeld(String id, long bytes) {
        FileAnalysis file = files.get(id);
        if (file == null) {
            return false;
        }
        file.mostHeld(bytes);
        return true;
    }

    // Silence

    private void look(FileAnalysis file) {
        file.lookDue = time.now() + file.timeout();
        byLook.add(file);
    }

    @Override
    public double nextDue() {
        return byLook.isEmpty() ? Double.POSITIVE_INFINITY : byLook.first().lookDue;
    }

    @Override
    public int runUntil(double until, int limit) {
        int ran = 0;
        while (ran < limit && nextDue() <= until) {
            FileAnalysis file = byLook.removeFirst();
            ran++;
            if (time.now() - file.lastActive() < file.timeout()) {
                look(file);
            } else {
                timedOut(file, false);
            }
        }
        return ran;
    }

    @Override
    public void expireNext() {
        FileAnalysis file = byLook.pollFirst();
        if (file != null) {
            timedOut(file, true);
        }
    }

    private void timedOut(FileAnalysis file, boolean ending) {
        file.postponed = false;
        file.raiseNow(events.timeout);
        if (file.postponed && !ending && files.get(file.id()) == file) {
            file.active();
            look(file);
        } else {
            end(file.id());
        }
    }

    // For what is in this package

    void runEvents() {
        queue.drain();
    }

    double now() {
        return time.now();
    }

    EventQueue queue() {
        return queue;
    }

    RecordFactory records() {
        return records;
    }

    FileEvents events() {
        return events;
    }

    RecordValue metadata(Bytes begin) {
        return context.metadata(begin);
    }

    boolean sameArguments(RecordValue a, RecordValue b) {
        return context.sameArguments(a, b);
    }
}
