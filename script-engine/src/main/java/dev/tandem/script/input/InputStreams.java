package dev.tandem.script.input;

import dev.tandem.core.record.RecordValue;
import dev.tandem.script.bif.ScriptEnvironment;
import dev.tandem.script.runtime.Reporter;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.RecordType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * All input streams of an engine: the Java half of the input framework, behind the {@code Input::__} functions (zeek {@code
 * src/input/Manager.cc}).
 *
 * <p>Each stream has a {@link Reader} on a virtual thread of its own. What readers tell waits in one bounded inbox until
 * {@link #drain} hands it to the streams; a row goes into its table, or raises its event, there. Without a stream there is no
 * thread and nothing to do.
 *
 * <p>Engine thread. Functions that name an unknown stream return false.
 */
public final class InputStreams implements AutoCloseable {
    private static final int INBOX = 10_000;
    private static final double HEARTBEAT = 1.0;

    private record Running(FedStream stream, ReaderThread thread) {}

    private final ScriptContext context;
    private final ReaderKinds readers;
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>(INBOX);
    private final Map<String, Running> streams = new LinkedHashMap<>();
    private final List<String> leaving = new ArrayList<>();

    /** @param directory relative sources are found from here */
    public InputStreams(ScriptContext context, ScriptEnvironment environment, Path directory) {
        this.context = context;
        readers = new ReaderKinds(context, environment, directory);
    }

    /** Makes a stream of an {@code Input::TableDescription}; false when that is not usable, with a message why. */
    public boolean addTable(RecordValue record) {
        StreamDescription description = new StreamDescription(record);
        try {
            StreamRules.TableParts parts = new StreamRules(description, (RecordType) record.layout()).tableParts();
            List<Column> columns = new ArrayList<>();
            unroll(description, parts.index(), false, columns);
            int indexColumns = columns.size();
            RecordType value = parts.value();
            if (value != null) {
                unroll(description, value, toleratesOthers(), columns);
            }
            if (columns.size() - indexColumns > 1 && !description.wantsRecord()) {
                throw new StreamRules.Refused("Input stream " + description.name()
                        + ": Stream does not want a record (want_record=F), but has more then one value field.");
            }
            TableStream stream =
                    new TableStream(context, description, parts.table(), parts.index(), value, indexColumns, changes());
            return start(stream, columns);
        } catch (StreamRules.Refused e) {
            return refuse(e);
        }
    }

    /** Makes a stream of an {@code Input::EventDescription}; false when that is not usable, with a message why. */
    public boolean addEvent(RecordValue record) {
        StreamDescription description = new StreamDescription(record);
        try {
            StreamRules.EventParts parts = new StreamRules(description, (RecordType) record.layout()).eventParts();
            List<Column> columns = new ArrayList<>();
            unroll(description, parts.fields(), description.wantsRecord() && toleratesOthers(), columns);
            EnumValue isNew = changes().byName("Input::EVENT_NEW");
            if (isNew == null) {
                throw new StreamRules.Refused("Input::Event has no EVENT_NEW");
            }
            return start(new EventStream(context, description, parts.event(), parts.fields(), isNew), columns);
        } catch (StreamRules.Refused e) {
            return refuse(e);
        }
    }

    /** Makes a stream whose bytes are analyzed as a file; false when that is not usable, with a message why. */
    public boolean addAnalysis(RecordValue record) {
        try {
            return start(new AnalysisStream(context, new StreamDescription(record)), AnalysisStream.COLUMNS);
        } catch (StreamRules.Refused e) {
            return refuse(e);
        }
    }

    private boolean refuse(StreamRules.Refused e) {
        context.reporter().error(String.valueOf(e.getMessage()), null);
        return false;
    }

    private EnumType changes() throws StreamRules.Refused {
        if (context.type("Input::Event") instanceof EnumType t) {
            return t;
        }
        throw new StreamRules.Refused("base/frameworks/input is not loaded");
    }

    private boolean toleratesOthers() {
        return Boolean.TRUE.equals(context.global("Input::accept_unsupported_types"));
    }

    private void unroll(StreamDescription stream, RecordType record, boolean toleratesOthers, List<Column> to)
            throws StreamRules.Refused {
        Reporter reporter = context.reporter();
        if (!Columns.addAll(record, "", toleratesOthers, to, reporter)) {
            throw new StreamRules.Refused("Input stream " + stream.name() + ": Problem unrolling");
        }
    }

    private boolean start(FedStream stream, List<Column> columns) throws StreamRules.Refused {
        StreamDescription description = stream.description;
        String name = description.name();
        if (streams.containsKey(name)) {
            throw new StreamRules.Refused("Trying create already existing input stream " + name);
        }
        EnumValue kind = description.reader();
        ReaderJob job = description.job(columns);
        ReaderFeed feed = new ReaderFeed(inbox, stream, job.source() + "/" + kind);
        Reader reader = kind == null ? null : readers.make(kind.name(), job, feed, stream);
        if (reader == null) {
            throw new StreamRules.Refused("The reader that was requested was not found and could not be initialized.");
        }
        ReaderThread thread = new ReaderThread(job, reader, feed, heartbeat(), () -> forget(name));
        streams.put(name, new Running(stream, thread));
        thread.start();
        return true;
    }

    private double heartbeat() {
        return context.global("Threading::heartbeat_interval") instanceof Double d && d > 0 ? d : HEARTBEAT;
    }

    private void forget(String name) {
        Running gone = streams.remove(name);
        leaving.remove(name);
        if (gone != null) {
            gone.stream.removed();
        }
    }

    /** Ends a stream once what its reader told has been dealt with. */
    public boolean remove(String name) {
        Running running = streams.get(name);
        if (running == null) {
            return false;
        }
        if (leaving.contains(name)) {
            context.reporter().warning("Stream " + name + " is already queued for removal. Ignoring remove.", null);
            return true;
        }
        leaving.add(name);
        running.thread.stop();
        return true;
    }

    /** Has a stream's reader look at its source. */
    public boolean update(String name) {
        Running running = streams.get(name);
        if (running == null) {
            context.reporter().error("Stream " + name + " not found", null);
            return false;
        }
        if (leaving.contains(name)) {
            context.reporter().error("Stream " + name + " is already queued for removal. Ignoring force update.", null);
            return false;
        }
        running.thread.update();
        return true;
    }

    /** Has all readers look at their sources. */
    public void updateAll() {
        for (Map.Entry<String, Running> stream : streams.entrySet()) {
            if (!leaving.contains(stream.getKey())) {
                stream.getValue().thread.update();
            }
        }
    }

    /** Deals with what readers have told until now. */
    public void drain() {
        if (streams.isEmpty()) {
            return;
        }
        for (int left = inbox.size(); left > 0; left--) {
            Runnable told = inbox.poll();
            if (told == null) {
                return;
            }
            told.run();
        }
    }

    /** Whether there are streams. */
    public boolean isIdle() {
        return streams.isEmpty();
    }

    /** Ends all readers at once. */
    @Override
    public void close() {
        for (Running running : streams.values()) {
            running.thread.abandon();
        }
        streams.clear();
        inbox.clear();
    }
}
