package dev.tandem.core.connection;

import dev.tandem.core.engine.EngineSettings;
import dev.tandem.core.value.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts one side's payload in order, and finds what is missing: bytes that the peer acknowledged but nobody saw (zeek {@code
 * src/analyzer/protocol/tcp/TCP_Reassembler.cc}).
 *
 * <p>What comes in order is handed on at once, from where it lies in the packet. Only what comes early is kept, its bytes only
 * when someone takes them. So an orderly connection costs no memory here.
 */
final class StreamReassembler {
    private final TcpEndpoint endpoint;

    /** Relative number of the next byte to hand over. */
    private long next = 1;

    /** Everything before that is settled: acknowledged, or given up. */
    private long trimmed = 1;

    private @Nullable EarlySegments early;
    private boolean givenUp;
    private boolean endReported;
    private boolean hadGap;
    private @Nullable StreamRecorder recorder;

    /** What was handed over and not acknowledged, kept only while somebody wants to know whether it comes again changed. */
    private @Nullable EarlySegments unacknowledged;

    /** For {@link LookAhead}. */
    int read() {
        return (int) next;
    }

    StreamReassembler(TcpEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Nullable
    StreamRecorder recorder() {
        return recorder;
    }

    /** Records what comes from now on; null ends that. */
    void recorder(@Nullable StreamRecorder newRecorder) {
        recorder = newRecorder;
    }

    boolean isRecorded() {
        return recorder != null;
    }

    boolean hadGap() {
        return hadGap;
    }

    /** Whether something came that the peer has not acknowledged. */
    private boolean holdsUnacknowledged() {
        return !givenUp && highest() > trimmed;
    }

    /** One past the highest byte that came or was given up. */
    private long highest() {
        EarlySegments segments = early;
        return segments == null ? next : segments.lastTo();
    }

    /** Takes the payload of a segment. */
    void data(long sequence, byte[] data, int at, int bytes) {
        if (givenUp) {
            return;
        }
        int memory = memory();
        long upper = sequence + bytes;
        long from = Math.max(sequence, Math.max(trimmed, endpoint.relativeAcknowledged()));
        if (from < upper) {
            if (endpoint.connection.watchesRepeats()) {
                watchRepeats(from, upper, data, at + (int) (from - sequence));
            }
            insert(from, upper, data, at + (int) (from - sequence));
        }
        checkLimits();
        account(memory);
    }

    /** What of the memory for all streams is this one's. */
    private int memory() {
        return cost(early) + cost(unacknowledged);
    }

    /** Tells the memory of all streams how this one's has changed; gives up when that is too much. */
    private void account(int before) {
        int now = memory();
        if (now == before) {
            return;
        }
        StreamMemory all = endpoint.connection.tracker.streamMemory();
        all.take(now - before);
        if (now > before && all.isExceeded()) {
            all.gaveUp();
            giveUp("stream_memory_exceeded");
            all.take(-now);
        }
    }

    private static int cost(@Nullable EarlySegments segments) {
        return segments == null ? 0 : segments.memory();
    }

    private void watchRepeats(long from, long upper, byte[] data, int at) {
        EarlySegments kept = unacknowledged;
        if (kept == null) {
            kept = new EarlySegments();
            unacknowledged = kept;
        }
        while (!kept.isEmpty() && kept.firstTo() <= Math.max(trimmed, endpoint.relativeAcknowledged())) {
            kept.removeFirst();
        }
        kept.repeats(from, upper, data, at, this::repeated);
        kept.insert(from, upper, data, at);
    }

    private void repeated(byte[] first, int firstAt, byte[] again, int againAt, int bytes) {
        if (!Arrays.equals(first, firstAt, firstAt + bytes, again, againAt, againAt + bytes)) {
            endpoint.connection.inconsistent(
                    endpoint,
                    Bytes.copyOf(first, firstAt, firstAt + bytes),
                    Bytes.copyOf(again, againAt, againAt + bytes));
        }
    }

    private void insert(long from, long upper, byte[] data, int at) {
        if (from > next) {
            EarlySegments segments = early;
            if (segments == null) {
                segments = new EarlySegments();
                early = segments;
            }
            segments.insert(from, upper, endpoint.connection.wantsBytes(endpoint) ? data : null, at);
            return;
        }
        if (upper > next) {
            EarlySegments segments = early;
            long limit = segments == null ? upper : Math.min(upper, segments.firstFrom());
            deliver(next, data, at + (int) (next - from), (int) (limit - next));
            next = limit;
            deliverEarly();
            if (next < upper) {
                // What lay between early segments, or behind them.
                insert(next, upper, data, at + (int) (next - from));
            }
        }
        EngineSettings settings = endpoint.connection.tracker.settings();
        if (settings.tcpMaxInitialWindow != 0
                && endpoint.nothingAcknowledged()
                && endpoint.size() > settings.tcpMaxInitialWindow) {
            // That much without an acknowledgement: those are not seen, so none is waited for.
            trimmed = Math.max(trimmed, next);
        }
    }

    private void deliverEarly() {
        EarlySegments segments = early;
        while (segments != null && segments.firstFrom() <= next) {
            long from = segments.firstFrom();
            long upper = segments.firstTo();
            byte[] bytes = segments.removeFirst();
            if (segments.isEmpty()) {
                early = null;
                segments = null;
            }
            if (upper > next) {
                int skip = (int) (next - from);
                int length = (int) (upper - next);
                long sequence = next;
                next = upper;
                deliver(sequence, bytes, skip, length);
            }
        }
    }

    private void deliver(long sequence, byte @Nullable [] data, int at, int bytes) {
        if (bytes > 0 && data != null) {
            if (recorder != null) {
                record(data, at, bytes);
            }
            endpoint.connection.raiseContents(endpoint, sequence, data, at, bytes);
        }
        if (bytes > 0 && data != null && !givenUp) {
            endpoint.connection.streamData(endpoint.isOriginator, sequence, data, at, bytes);
        }
    }

    private void checkLimits() {
        EngineSettings settings = endpoint.connection.tracker.settings();
        int aboveHole = settings.tcpMaxAboveHoleWithoutAnyAcks;
        if (aboveHole != 0 && highest() - next > aboveHole && endpoint.nothingAcknowledged()) {
            giveUp("above_hole_data_without_any_acks");
        }
        int excessive = settings.tcpExcessiveDataWithoutFurtherAcks;
        if (excessive != 0 && !givenUp && held() > excessive) {
            giveUp("excessive_data_without_further_acks");
        }
    }

    private long held() {
        EarlySegments segments = early;
        return Math.max(0, next - trimmed) + (segments == null ? 0 : segments.bytes());
    }

    private void giveUp(String weird) {
        endpoint.connection.weird(weird);
        givenUp = true;
        early = null;
        unacknowledged = null;
    }

    /** The peer acknowledged everything before that relative number. */
    void acknowledged(long relative) {
        long upTo = endpoint.sentFin() ? Math.min(relative, endpoint.finSequence - 1) : relative;
        if (upTo <= trimmed) {
            return;
        }
        TcpConnection connection = endpoint.connection;
        boolean measured = !givenUp && !connection.isSkipping() && connection.isMeasured();
        int memory = memory();
        long before = trimmed;
        long missing = upTo > next ? undelivered(upTo) : 0;
        trimmed = upTo;
        if (measured) {
            connection.tracker.gaps().acknowledged(upTo - before, missing);
        }
        deliverEarly();
        account(memory);
        checkEnd();
    }

    /** Steps over what did not come before {@code upTo}, handing over what did. Returns how many bytes are missing. */
    private long undelivered(long upTo) {
        TcpConnection connection = endpoint.connection;
        if (upTo <= 2 && connection.partial) {
            // The start was made up: a byte may only seem to be missing.
            return 0;
        }
        long missing = 0;
        EngineSettings settings = connection.tracker.settings();
        if (settings.detectFilteredTrace && next == 1 && connection.sawEnd()) {
            givenUp = true;
        }
        while (!givenUp && next < upTo) {
            EarlySegments segments = early;
            long gapEnd = segments == null ? upTo : Math.min(upTo, segments.firstFrom());
            long from = next;
            next = Math.max(next, gapEnd);
            missing += gapEnd - from;
            gap(from, gapEnd - from);
            if (early != null && gapEnd == upTo && early.firstFrom() > upTo) {
                recordGap(gapEnd - from);
            }
            deliverEarly();
        }
        next = Math.max(next, upTo);
        while (early != null && early.firstTo() <= next) {
            early.removeFirst();
            if (early.isEmpty()) {
                early = null;
            }
        }
        return missing;
    }

    private void record(byte[] data, int at, int bytes) {
        StreamRecorder r = recorder;
        if (r != null && !r.write(data, at, bytes)) {
            endpoint.connection.recordingFailed(endpoint, "TCP reassembler content write failure");
        }
    }

    private void recordGap(long bytes) {
        if (recorder != null) {
            byte[] note = ("\n<<gap " + bytes + ">>\n").getBytes(StandardCharsets.ISO_8859_1);
            record(note, 0, note.length);
        }
    }

    /** The connection ends: what still waits for something before it goes into the recording. */
    void done() {
        int memory = memory();
        StreamRecorder r = recorder;
        if (r != null) {
            finishRecording(r);
        }
        early = null;
        unacknowledged = null;
        account(memory);
    }

    private void finishRecording(StreamRecorder r) {
        long at = next;
        while (early != null && !early.isEmpty()) {
            long from = early.firstFrom();
            long to = early.firstTo();
            byte[] bytes = early.removeFirst();
            if (from > at) {
                recordGap(from - at);
            }
            if (bytes != null && to > at) {
                int skip = (int) Math.max(0, at - from);
                record(bytes, skip, bytes.length - skip);
            }
            at = Math.max(at, to);
        }
        r.close();
        recorder = null;
    }

    private void gap(long sequence, long bytes) {
        hadGap = true;
        endpoint.connection.streamGap(endpoint, sequence, bytes);
    }

    /** Tells of the end of this side once all it sent was handed over. */
    void checkEnd() {
        boolean ended =
                endpoint.sentFin() || endpoint.state == EndpointState.CLOSED || endpoint.state == EndpointState.RESET;
        if (!endReported && ended && !isPending()) {
            endReported = true;
            endpoint.connection.streamEnded(endpoint);
        }
    }

    /** Whether something this side sent is still to come, or its peer still has to be acknowledged. */
    boolean isPending() {
        if (givenUp) {
            return false;
        }
        long delivered = endpoint.startFull() + next;
        long last = endpoint.lastFull();
        if (Long.compareUnsigned(last, delivered) < 0) {
            return false;
        }
        // A FIN takes a number of its own, a RST does not.
        if (delivered != last - 1 && delivered != last) {
            return true;
        }
        return endpoint.state != EndpointState.RESET
                && endpoint.peer().reassembler.holdsUnacknowledged();
    }
}
