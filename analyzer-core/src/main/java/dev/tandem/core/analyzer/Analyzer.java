package dev.tandem.core.analyzer;

import dev.tandem.core.connection.Connection;
import dev.tandem.core.connection.StreamConsumer;
import dev.tandem.core.connection.TcpConnection;
import dev.tandem.core.event.EventType;
import dev.tandem.core.record.RecordFactory;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of one connection's payload. Bad input becomes a weird or a violation, never an exception. Engine thread.
 *
 * <p>Confirmed once it is sure of its protocol; a violation says that something is not. Scripts decide what follows (zeek
 * {@code src/analyzer/Analyzer.cc}, {@code scripts/base/frameworks/analyzer/dpd.zeek}).
 */
public abstract class Analyzer implements StreamConsumer {
    private static final int INFO_CONNECTION = 0;
    private static final int INFO_ID = 2;
    private static final int VIOLATION_REASON = 0;
    private static final int VIOLATION_CONNECTION = 1;
    private static final int VIOLATION_ID = 3;
    private static final int VIOLATION_DATA = 4;

    private final AnalyzerContext context;
    private boolean confirmed;

    /** Taken away, and not ended yet: it may be in the middle of a delivery. */
    boolean leaving;

    protected Analyzer(AnalyzerContext context) {
        this.context = context;
    }

    public final AnalyzerTag tag() {
        return context.tag();
    }

    public final long id() {
        return context.id();
    }

    protected final AnalyzerRegistry registry() {
        return context.registry();
    }

    protected final RecordFactory records() {
        return registry().records();
    }

    protected final Connection connection() {
        return context.connection();
    }

    /** Whether the beginning of the connection was not seen. */
    protected final boolean isPartial() {
        return connection() instanceof TcpConnection tcp && tcp.isPartial();
    }

    /** What is attached inside what this analyzer unwraps; null when nothing is. */
    protected @Nullable AnalyzerTree inner() {
        return null;
    }

    /** Queues an event; ask whether it is wanted before making its arguments. */
    protected final void raise(EventType event, Object... arguments) {
        registry().queue().add(event, arguments);
    }

    /** Tells, once, that it is this protocol. */
    protected final void confirm() {
        if (confirmed) {
            return;
        }
        confirmed = true;
        EventType event = registry().confirmation();
        if (event.wanted()) {
            RecordValue info = records().record("AnalyzerConfirmationInfo");
            info.set(INFO_CONNECTION, connection().record());
            info.set(INFO_ID, id());
            raise(event, records().enumValue(tag().scriptName()), info);
        }
    }

    protected final boolean isConfirmed() {
        return confirmed;
    }

    protected final void violate(String reason) {
        violate(reason, Bytes.EMPTY);
    }

    /** @param data the offending bytes; empty when there are none to show */
    protected final void violate(String reason, Bytes data) {
        EventType event = registry().violation();
        if (event.wanted()) {
            RecordValue info = records().record("AnalyzerViolationInfo");
            info.set(VIOLATION_REASON, Bytes.of(reason));
            info.set(VIOLATION_CONNECTION, connection().record());
            info.set(VIOLATION_ID, id());
            if (!data.isEmpty()) {
                info.set(VIOLATION_DATA, data);
            }
            raise(event, records().enumValue(tag().scriptName()), info);
        }
    }

    protected final void weird(String name) {
        weird(name, "");
    }

    protected final void weird(String name, String detail) {
        connection().weird(name, detail, tag().name());
    }

    @Override
    public void gap(boolean fromOriginator, long sequence, long bytes) {}

    @Override
    public void endOfStream(boolean fromOriginator) {}
}
