package dev.tandem.core.analyzer;

import dev.tandem.core.connection.Connection;
import dev.tandem.core.connection.StreamConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The analyzers of one connection, or of what a tunnelling protocol carries in it, and the look-out for more of them. Engine
 * thread.
 *
 * <p>Attached by port and by scripts at the beginning, by detection within the first bytes. All get the same payload. An analyzer
 * that fails in spite of everything is taken away; the connection and the others go on.
 */
public final class AnalyzerTree implements StreamConsumer {
    private final AnalyzerRegistry registry;
    private final Connection connection;
    private final List<Analyzer> analyzers = new ArrayList<>(1);
    private @Nullable Detection detection;
    private @Nullable List<AnalyzerTag> prevented;
    private boolean ended;

    AnalyzerTree(AnalyzerRegistry registry, Connection connection, List<AnalyzerTag> detectable) {
        this.registry = registry;
        this.connection = connection;
        detection = detectable.isEmpty() ? null : new Detection(detectable);
    }

    /** Attaches an analyzer unless one of its kind is there or was forbidden. Returns null then. */
    public @Nullable Analyzer attach(AnalyzerTag tag) {
        if (find(tag) != null || prevented != null && prevented.contains(tag)) {
            return null;
        }
        Analyzer made = tag.create(new AnalyzerContext(registry, tag, connection, registry.nextId()));
        analyzers.add(made);
        return made;
    }

    /** Whether anything would come of payload. */
    boolean isIdle() {
        return analyzers.isEmpty() && detection == null;
    }

    /** The analyzer of that kind, here or inside another; null when there is none. */
    public @Nullable Analyzer find(AnalyzerTag tag) {
        for (Analyzer a : analyzers) {
            if (a.tag() == tag && !a.leaving) {
                return a;
            }
            AnalyzerTree inner = a.inner();
            Analyzer found = inner == null ? null : inner.find(tag);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The analyzer of that id, here or inside another; null when there is none. */
    public @Nullable Analyzer find(long id) {
        for (Analyzer a : analyzers) {
            if (a.id() == id && !a.leaving) {
                return a;
            }
            AnalyzerTree inner = a.inner();
            Analyzer found = inner == null ? null : inner.find(id);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /**
     * Takes an analyzer away. It gets nothing after what it is being given, and ends before the next delivery.
     *
     * @param prevent whether another of its kind must not come
     * @return false when there is none of that id
     */
    public boolean remove(long id, boolean prevent) {
        Analyzer a = find(id);
        if (a == null) {
            return false;
        }
        a.leaving = true;
        if (prevent) {
            prevent(a.tag());
        }
        return true;
    }

    /** Those that are to get something; ends those that leave. */
    private List<Analyzer> staying() {
        for (int i = 0; i < analyzers.size(); i++) {
            Analyzer a = analyzers.get(i);
            if (a.leaving) {
                analyzers.remove(i--);
                end(a);
            }
        }
        return analyzers;
    }

    private void prevent(AnalyzerTag tag) {
        List<AnalyzerTag> list = prevented;
        if (list == null) {
            list = new ArrayList<>(1);
            prevented = list;
        }
        list.add(tag);
    }

    @Override
    public void data(boolean fromOriginator, byte[] data, int from, int bytes) {
        AnalyzerTag found = null;
        Detection d = detection;
        if (d != null) {
            found = d.data(fromOriginator, data, from, bytes);
        }
        List<Analyzer> present = staying();
        for (int i = 0; i < present.size(); i++) {
            Analyzer a = present.get(i);
            try {
                a.data(fromOriginator, data, from, bytes);
            } catch (RuntimeException | StackOverflowError e) {
                failed(a, e);
                i--;
            }
        }
        if (d != null) {
            if (found != null) {
                late(found, d, fromOriginator, data, from, bytes);
            }
            if (d.isOver()) {
                detection = null;
            }
        }
        letGoIfIdle();
    }

    private void late(AnalyzerTag tag, Detection d, boolean fromOriginator, byte[] data, int from, int bytes) {
        Analyzer a = attach(tag);
        if (a == null) {
            return;
        }
        guarded(a, late -> {
            d.replay(late);
            late.data(fromOriginator, data, from, bytes);
        });
    }

    private void each(Consumer<Analyzer> action) {
        for (Analyzer a : List.copyOf(staying())) {
            guarded(a, action);
        }
        letGoIfIdle();
    }

    private void guarded(Analyzer a, Consumer<Analyzer> action) {
        try {
            action.accept(a);
        } catch (RuntimeException | StackOverflowError e) {
            failed(a, e);
        }
    }

    /** A fault in an analyzer, not in the traffic: told, and that analyzer ends. */
    private void failed(Analyzer a, Throwable fault) {
        analyzers.remove(a);
        tell(a, fault);
        end(a);
    }

    private void end(Analyzer a) {
        try {
            a.done();
        } catch (RuntimeException | StackOverflowError e) {
            tell(a, e);
        }
    }

    private void tell(Analyzer a, Throwable fault) {
        a.tag().failed(fault);
        connection.weird("analyzer_fault", fault.toString(), a.tag().name());
    }

    /** A connection whose payload nobody looks at any more need not keep what comes early. */
    private void letGoIfIdle() {
        if (isIdle() && connection.consumer() == this) {
            connection.consumer(null);
        }
    }

    @Override
    public void gap(boolean fromOriginator, long sequence, long bytes) {
        detection = null;
        each(a -> a.gap(fromOriginator, sequence, bytes));
    }

    @Override
    public void endOfStream(boolean fromOriginator) {
        each(a -> a.endOfStream(fromOriginator));
    }

    @Override
    public void finished() {
        each(Analyzer::finished);
    }

    @Override
    public void reset() {
        each(Analyzer::reset);
    }

    @Override
    public void rolesFlipped() {
        Detection d = detection;
        if (d != null && d.hasSeenData()) {
            // What one side matched says nothing any more.
            detection = null;
        }
        each(Analyzer::rolesFlipped);
    }

    @Override
    public void done() {
        if (ended) {
            return;
        }
        ended = true;
        detection = null;
        for (Analyzer a : List.copyOf(analyzers)) {
            end(a);
        }
    }
}
