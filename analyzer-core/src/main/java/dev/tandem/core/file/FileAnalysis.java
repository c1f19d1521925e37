package dev.tandem.core.file;

import dev.tandem.core.connection.Connection;
import dev.tandem.core.event.EventType;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file while it passes: its record, its analyzers, what of it has come (zeek {@code src/file_analysis/File.cc}). Engine thread.
 *
 * <p>The beginning is kept until it is long enough to tell what kind of file it is; analyzers that are added till then are given
 * it afterwards.
 */
public final class FileAnalysis {
    // The fields of the script type fa_file, in its order.
    private static final int ID = 0;
    private static final int SOURCE = 2;
    private static final int IS_ORIG = 3;
    private static final int CONNS = 4;
    private static final int LAST_ACTIVE = 5;
    private static final int SEEN = 6;
    private static final int TOTAL = 7;
    private static final int MISSING = 8;
    private static final int OVERFLOW = 9;
    private static final int TIMEOUT = 10;
    private static final int BEGIN_SIZE = 11;
    private static final int BEGIN = 12;

    /** An analyzer, and by what scripts know it. */
    private static final class Attached {
        final String kind;
        final RecordValue args;
        final FileAnalyzer analyzer;
        boolean caughtUp;
        boolean removed;

        Attached(String kind, RecordValue args, FileAnalyzer analyzer) {
            this.kind = kind;
            this.args = args;
            this.analyzer = analyzer;
        }
    }

    private final FileTable files;
    private final String id;
    private final RecordValue record;
    private final List<Attached> attached = new ArrayList<>(2);
    private final ByteArrayOutputStream begin = new ByteArrayOutputStream(0);
    private boolean beginDone;
    private boolean sniffed;
    private @Nullable FileReassembler reassembler;
    private boolean mayReassemble;
    private long mostHeld;
    private long offset;
    private long seen;
    private long missing;
    private long overflow;
    private boolean flushing;
    private boolean done;
    boolean postponed;

    /** When the table looks whether it has fallen silent; seconds since 1970. */
    double lookDue;

    FileAnalysis(FileTable files, String id, FileOrigin origin) {
        this(files, id, Bytes.of(origin.source()));
        record.set(IS_ORIG, origin.fromOriginator());
        joins(origin.connection());
    }

    /** One that comes over no connection. */
    FileAnalysis(FileTable files, String id, Bytes source) {
        this.files = files;
        this.id = id;
        record = files.records().record("fa_file");
        record.set(ID, Bytes.latin1(id));
        record.set(SOURCE, source);
        active();
    }

    public String id() {
        return id;
    }

    /** The script value, with what is counted up to date. */
    public RecordValue record() {
        record.set(SEEN, seen);
        record.set(MISSING, missing);
        record.set(OVERFLOW, overflow);
        return record;
    }

    void active() {
        record.set(LAST_ACTIVE, files.now());
    }

    double lastActive() {
        return record.get(LAST_ACTIVE) instanceof Double t ? t : 0;
    }

    /** Seconds. */
    double timeout() {
        return record.get(TIMEOUT) instanceof Double t ? t : files.options().timeout;
    }

    void timeout(double seconds) {
        record.set(TIMEOUT, seconds);
    }

    /** Notes that the file comes over that connection too; returns whether that is news. */
    boolean joins(Connection c) {
        Object conns = record.get(CONNS);
        if (conns == null) {
            conns = files.records().table("Files::connection_table");
            record.set(CONNS, conns);
        }
        RecordValue connection = c.record();
        Object key = connection.get(0);
        return key != null && files.records().put(conns, key, connection);
    }

    void totalBytes(long bytes) {
        record.set(TOTAL, bytes);
    }

    boolean isComplete() {
        return record.get(TOTAL) instanceof Long total && offset >= total;
    }

    /** Queues an event whose first argument is the file. */
    public void raise(EventType event, Object... more) {
        if (!event.wanted() || files.isIgnored(id)) {
            return;
        }
        Object[] all = new Object[more.length + 1];
        all[0] = record();
        System.arraycopy(more, 0, all, 1, more.length);
        files.queue().add(event, all);
    }

    /** Queues an event whose handlers change what happens next, and runs it. */
    public void raiseNow(EventType event, Object... more) {
        if (event.wanted() && !files.isIgnored(id)) {
            raise(event, more);
            files.runEvents();
        }
    }

    // Analyzers

    /** @return false when the file has ended or the arguments do not do */
    boolean add(String kind, RecordValue args) {
        if (done) {
            return false;
        }
        if (find(kind, args) != null) {
            return true;
        }
        FileAnalyzer made = files.analyzers().create(kind, this, args);
        if (made == null) {
            return false;
        }
        attached.add(new Attached(kind, args, made));
        return true;
    }

    private @Nullable Attached find(String kind, RecordValue args) {
        for (Attached a : attached) {
            if (!a.removed && a.kind.equals(kind) && files.sameArguments(a.args, args)) {
                return a;
            }
        }
        return null;
    }

    /** The analyzer of that kind and arguments; null when there is none. */
    @Nullable
    FileAnalyzer analyzer(String kind, RecordValue args) {
        Attached a = find(kind, args);
        return a == null ? null : a.analyzer;
    }

    /** @return false when the file has ended or there is no such analyzer */
    boolean remove(String kind, RecordValue args) {
        Attached a = done ? null : find(kind, args);
        if (a == null) {
            return false;
        }
        take(a);
        return true;
    }

    private void take(Attached a) {
        if (!a.removed) {
            a.removed = true;
            a.analyzer.close();
        }
    }

    private void forget() {
        attached.removeIf(a -> a.removed);
    }

    // Content

    void reassemble(boolean on) {
        mayReassemble = on;
        if (!on) {
            reassembler = null;
        }
    }

    void mostHeld(long bytes) {
        mostHeld = bytes;
    }

    /** Takes the bytes that follow what came last. */
    void data(byte[] data, int from, int to) {
        data(data, from, to, offset);
    }

    void data(byte[] data, int from, int to, long at) {
        FileReassembler r = reassembler;
        if (r == null && at != offset && mayReassemble) {
            r = new FileReassembler(this, offset);
            reassembler = r;
        }
        if (r != null) {
            if (mostHeld > 0 && r.held() > mostHeld) {
                long before = offset;
                long skipped = r.flush();
                overflow += skipped;
                raise(files.events().reassemblyOverflow, before, skipped);
            }
            r.insert(data, from, to, at);
        } else if (at == offset) {
            deliver(data, from, to);
        } else {
            overflow += to - from;
        }
        for (int i = 0; i < attached.size(); i++) {
            Attached a = attached.get(i);
            if (!a.removed && !a.analyzer.chunk(data, from, to, at)) {
                take(a);
            }
        }
        forget();
        if (isComplete()) {
            end();
        }
    }

    /** Takes bytes in order. */
    void deliver(byte[] data, int from, int to) {
        int kept = begin.size();
        if (!beginDone) {
            begin.write(data, from, to - from);
            long enough = record.get(BEGIN_SIZE) instanceof Long n ? n : 0;
            if (begin.size() >= enough) {
                endBegin();
            }
        }
        if (!sniffed && beginDone && missing == 0) {
            sniff();
        }
        for (int i = 0; i < attached.size(); i++) {
            Attached a = attached.get(i);
            if (!a.removed && !(catchUp(a, kept) && a.analyzer.stream(data, from, to))) {
                take(a);
            }
        }
        forget();
        offset += to - from;
        seen += to - from;
    }

    /** Gives an analyzer what of the beginning it has missed. */
    private boolean catchUp(Attached a, int kept) {
        if (a.caughtUp) {
            return true;
        }
        a.caughtUp = true;
        return kept == 0 || a.analyzer.stream(begin.toByteArray(), 0, kept);
    }

    private void endBegin() {
        beginDone = true;
        if (begin.size() > 0) {
            record.set(BEGIN, Bytes.wrap(begin.toByteArray()));
        }
    }

    private void sniff() {
        sniffed = true;
        EventType event = files.events().sniff;
        if (begin.size() > 0 && event.wanted() && !files.isIgnored(id)) {
            raiseNow(event, files.metadata(Bytes.wrap(begin.toByteArray())));
        }
    }

    /** Bytes that will not come. */
    void gap(long at, long bytes) {
        FileReassembler r = reassembler;
        if (r != null && !flushing) {
            flushing = true;
            r.flushTo(at + bytes);
            flushing = false;
        } else {
            missing(at, bytes);
        }
    }

    void missing(long at, long bytes) {
        if (!beginDone) {
            endBegin();
            deliver(new byte[0], 0, 0);
        }
        for (int i = 0; i < attached.size(); i++) {
            Attached a = attached.get(i);
            if (!a.removed && !a.analyzer.gap(at, bytes)) {
                take(a);
            }
        }
        forget();
        raise(files.events().gap, at, bytes);
        offset += bytes;
        missing += bytes;
    }

    /** Ends the file; nothing when it has ended. */
    void end() {
        if (done) {
            return;
        }
        FileReassembler r = reassembler;
        if (r != null) {
            flushing = true;
            r.flush();
            flushing = false;
        }
        if (!beginDone) {
            endBegin();
            deliver(new byte[0], 0, 0);
        }
        done = true;
        for (int i = 0; i < attached.size(); i++) {
            Attached a = attached.get(i);
            if (!a.removed) {
                a.analyzer.end();
                take(a);
            }
        }
        forget();
        raise(files.events().stateRemove);
    }
}
