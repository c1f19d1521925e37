package dev.tandem.core.engine;

import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketChoice;
import dev.tandem.core.packet.PacketSource;
import dev.tandem.core.value.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The loop of one shard: takes packets from its sources and runs each to completion before the next.
 *
 * <p>For every packet, in this order (zeek {@code src/RunState.cc}, dispatch_packet): network time goes to the packet's
 * time; timers due by then fire, whoever they belong to, in the order of their times; the packet is decoded and tracked; the
 * events queued by all that run. Between batches it runs the tasks of the turn, and when a live source has nothing, sleeps
 * until the next timer, at most {@link EngineSettings#idleMillis}.
 *
 * <p>Add sources and work first, then call {@link #run} on the engine thread, then the steps of the end: {@link
 * #finishTraffic}, and after the caller queued {@code zeek_done}, {@link #finishEvents}. Only {@link #stop} may be called by
 * other threads.
 */
public final class AnalysisEngine {
    /** A source and the packets taken from it but not processed yet. */
    private static final class Input {
        final PacketSource source;
        final PacketBatch batch;
        int next;
        boolean ended;

        Input(PacketSource source, PacketBatch batch) {
            this.source = source;
            this.batch = batch;
        }

        boolean hasPacket() {
            return next < batch.count();
        }
    }

    /** Longer than a kernel keeps packets to itself until there is a block of them. */
    private static final int SETTLE_MILLIS = 50;

    private final EngineSettings settings;
    private final EventQueue queue;
    private final NetworkTime time;
    private final EngineMetrics metrics;
    private final PacketProcessor packets;
    private final EventType networkTimeInit;
    private final EventType fileDone;
    private final EventType netDone;
    private final List<Input> inputs = new ArrayList<>();
    private final List<Runnable> turnTasks = new ArrayList<>();
    private final List<Runnable> turnEndTasks = new ArrayList<>();
    private final List<Runnable> endTasks = new ArrayList<>();
    private TimedWork[] timedWork;
    private final List<TimedWork> recorded = new ArrayList<>();
    private volatile boolean stopped;
    private int suspensions;
    private @Nullable PacketChoice choice;
    private long turnEvents;
    private long turnTimers;

    /** @param packets the tracker; its own timers run with all other timed work */
    public AnalysisEngine(
            EngineSettings settings,
            EventRegistry events,
            EventQueue queue,
            NetworkTime time,
            EngineMetrics metrics,
            PacketProcessor packets) {
        this.settings = settings;
        this.queue = queue;
        this.time = time;
        this.metrics = metrics;
        this.packets = packets;
        networkTimeInit = events.event("network_time_init");
        fileDone = events.event("Pcap::file_done");
        netDone = events.event("net_done");
        timedWork = new TimedWork[] {packets};
    }

    /** Adds a source of packets. Several are merged by time stamp. Closed by whoever made it. */
    public AnalysisEngine source(PacketSource source) {
        inputs.add(new Input(source, new PacketBatch(settings.batchBytes, settings.batchPackets)));
        return this;
    }

    /** Adds something that works at given network times. */
    public AnalysisEngine timed(TimedWork work) {
        timedWork = java.util.Arrays.copyOf(timedWork, timedWork.length + 1);
        timedWork[timedWork.length - 1] = work;
        return this;
    }

    /**
     * Adds something that works at the times of recorded input other than packets. A replay without packets goes by it: from
     * one of its times to the next, until it has none, and never past what a source without packets says has been reached.
     */
    public AnalysisEngine recorded(TimedWork work) {
        recorded.add(work);
        return timed(work);
    }

    /** Adds something to be done between batches of packets, and at least every {@link EngineSettings#idleMillis}. */
    public AnalysisEngine everyTurn(Runnable task) {
        turnTasks.add(task);
        return this;
    }

    /** Adds something to be done at the end of each turn, when the events of its packets, timers and tasks have had their rounds. */
    public AnalysisEngine afterEvents(Runnable task) {
        turnEndTasks.add(task);
        return this;
    }

    /** Adds something to be done once when the input has ended, before timers and connections are ended. */
    public AnalysisEngine whenInputEnds(Runnable task) {
        endTasks.add(task);
        return this;
    }

    /** Ends the loop after the packet at hand. Any thread. */
    public void stop() {
        stopped = true;
    }

    public boolean isStopped() {
        return stopped;
    }

    /** Passes over the packets that are not chosen, from the next one on; null takes all. */
    public void accept(@Nullable PacketChoice newChoice) {
        choice = newChoice;
    }

    /** Takes no more packets until {@link #resume} was called as often; timers stand still with them in replay. */
    public void suspend() {
        suspensions++;
    }

    public void resume() {
        suspensions = Math.max(0, suspensions - 1);
    }

    public boolean isSuspended() {
        return suspensions > 0;
    }

    /**
     * Runs until every source has ended ({@link EngineSettings#exitOnlyAfterTerminate}: until stopped).
     *
     * @throws IOException when a source broke; packets before that were processed, and the run may be finished as usual
     */
    public void run() throws IOException {
        while (!stopped && turn()) {
            // turn() does it all
        }
    }

    /** One turn: a batch of packets, or a rest. Returns false when there is nothing to come. */
    boolean turn() throws IOException {
        boolean worked = false;
        boolean taken = false;
        if (suspensions == 0) {
            fill();
            for (Input input = earliest(); input != null && !stopped && suspensions == 0; input = earliest()) {
                worked = true;
                taken |= process(input);
                if (!input.hasPacket() && !input.ended) {
                    break;
                }
            }
        }
        if (taken) {
            time.packetsCame();
        } else {
            // Packets that are passed over move neither time nor timers.
            time.tick();
            worked |= followSources();
            worked |= followRecorded();
            runTimers();
        }
        for (Runnable task : turnTasks) {
            task.run();
        }
        drainEvents();
        for (Runnable task : turnEndTasks) {
            task.run();
        }
        publish();
        if (worked) {
            return true;
        }
        boolean open = settings.exitOnlyAfterTerminate;
        for (Input input : inputs) {
            open |= !input.ended;
        }
        if (open && !stopped) {
            rest();
        }
        return open;
    }

    /**
     * Moves time on when sources know how late it is though they have no packets: no further than to what is recorded for a
     * time in between. Returns whether there is more to go.
     */
    private boolean followSources() {
        double reached = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < inputs.size() && suspensions == 0; i++) {
            long nanos = inputs.get(i).source.reachedNanos();
            reached = nanos == Long.MIN_VALUE ? reached : Math.max(reached, NetworkTime.seconds(nanos));
        }
        if (reached == Double.NEGATIVE_INFINITY) {
            return false;
        }
        double step = Math.min(reached, nextRecorded());
        time.advanceTo(step);
        return step < reached || nextRecorded() <= reached;
    }

    private double nextRecorded() {
        double next = Double.POSITIVE_INFINITY;
        for (int i = 0; i < recorded.size(); i++) {
            next = Math.min(next, recorded.get(i).nextDue());
        }
        return next;
    }

    /** Moves time on to the next recorded input when there are no packets to do it. Returns false when there is none. */
    private boolean followRecorded() {
        if (!inputs.isEmpty() || time.isLive() || suspensions > 0) {
            return false;
        }
        double next = nextRecorded();
        if (next == Double.POSITIVE_INFINITY) {
            return false;
        }
        time.advanceTo(next);
        return true;
    }

    private void fill() throws IOException {
        for (Input input : inputs) {
            if (!input.ended && !input.hasPacket()) {
                input.next = 0;
                input.batch.begin(input.batch.linkType());
                if (input.source.fill(input.batch) == PacketSource.END) {
                    input.batch.begin(input.batch.linkType());
                    input.ended = true;
                    fileDone(input.source);
                }
            }
        }
    }

    private void fileDone(PacketSource source) {
        if (fileDone.wanted() && !source.live()) {
            queue.add(fileDone, Bytes.of(source.name()));
        }
    }

    /**
     * After {@link #run} was stopped: takes the packets that had come to its live sources by then, taken already or still in
     * the kernel's ring. Ends with the first packet from later than the call, when no more come, or after that many
     * milliseconds. In replay there is nothing to take.
     *
     * @throws IOException as {@link #run}
     */
    public void takeArrived(int mostMillis) throws IOException {
        if (!time.isLive()) {
            return;
        }
        double called = time.clock();
        long began = System.nanoTime();
        long elapsedMillis = 0;
        while (suspensions == 0 && elapsedMillis < mostMillis) {
            fill();
            Input input = earliest();
            if (input != null) {
                if (NetworkTime.seconds(input.batch.timeNanos(input.next)) > called) {
                    return;
                }
                process(input);
            } else if (elapsedMillis >= SETTLE_MILLIS || !awaitPackets(settings.idleMillis)) {
                return;
            }
            elapsedMillis = (System.nanoTime() - began) / 1_000_000;
        }
    }

    private @Nullable Input earliest() {
        Input best = null;
        for (Input input : inputs) {
            if (input.hasPacket()
                    && (best == null || input.batch.timeNanos(input.next) < best.batch.timeNanos(best.next))) {
                best = input;
            }
        }
        return best;
    }

    /** Returns false when the next packet was not chosen. */
    private boolean process(Input input) {
        int packet = input.next++;
        PacketBatch batch = input.batch;
        PacketChoice chosen = choice;
        if (chosen != null && !chosen.accepts(batch, packet)) {
            return false;
        }
        metrics.packetTaken(batch.originalBytes(packet));
        double packetTime = NetworkTime.seconds(batch.timeNanos(packet));
        if (time.start() == 0) {
            runTimers(); // what was due before there was any time comes first
        } else {
            takeInRecorded(packetTime);
        }
        boolean first = time.beginPacket(packetTime);
        if (first && networkTimeInit.wanted()) {
            queue.add(networkTimeInit);
        }
        runTimers();
        packets.process(batch, packet);
        // Twice, as in Zeek: by the packet, and by the loop around it (zeek src/RunState.cc, dispatch_packet and
        // run_loop). So
        // events have four rounds at the time of their packet.
        drainEvents();
        drainEvents();
        time.endPacket();
        return true;
    }

    /**
     * Takes in what is recorded for the time up to a packet, each at its own time: what its events lead to comes before the
     * timers of later times, however long no packet came.
     */
    private void takeInRecorded(double packetTime) {
        double next = nextRecorded();
        while (next < packetTime) {
            time.advanceTo(next);
            runTimers();
            drainEvents();
            double following = nextRecorded();
            if (following <= next) {
                return; // the limit for one packet was reached
            }
            next = following;
        }
    }

    /** Fires everything due, earliest first over all kinds of work, within the limit for one packet. */
    private void runTimers() {
        double now = time.now();
        int left = settings.maxTimerExpires == 0 ? Integer.MAX_VALUE : settings.maxTimerExpires;
        while (left > 0) {
            TimedWork earliest = null;
            double due = Double.POSITIVE_INFINITY;
            double following = now;
            for (TimedWork work : timedWork) {
                double next = work.nextDue();
                if (next < due) {
                    following = Math.min(following, due);
                    due = next;
                    earliest = work;
                } else {
                    following = Math.min(following, next);
                }
            }
            if (earliest == null || due > now) {
                return;
            }
            int ran = earliest.runUntil(Math.max(due, following), left);
            left -= ran;
            turnTimers += ran;
            if (ran == 0 && earliest.nextDue() <= due) {
                return;
            }
        }
    }

    private void drainEvents() {
        turnEvents += queue.size();
        queue.drain();
    }

    /** Sleeps until there may be something to do. */
    private void rest() throws IOException {
        double due = Double.POSITIVE_INFINITY;
        for (TimedWork work : timedWork) {
            due = Math.min(due, work.nextDue());
        }
        double untilDue = time.isLive() ? (due - time.now()) * 1000 : settings.idleMillis;
        int millis = (int) Math.max(0, Math.min(settings.idleMillis, Math.ceil(untilDue)));
        if (millis == 0) {
            return;
        }
        if (suspensions > 0 || !awaitPackets(millis)) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (Thread.currentThread().isInterrupted()) {
            stopped = true;
        }
    }

    /** Waits for packets of the first source that has not ended; the others are looked at afterwards. False when all have. */
    private boolean awaitPackets(int millis) throws IOException {
        for (Input input : inputs) {
            if (!input.ended) {
                input.source.waitForPackets(millis);
                return true;
            }
        }
        return false;
    }

    private void publish() {
        long dropped = 0;
        long received = 0;
        for (Input input : inputs) {
            dropped += input.source.dropped();
            received += input.source.received();
        }
        metrics.publish(turnEvents, turnTimers, dropped, received);
        turnEvents = 0;
        turnTimers = 0;
    }

    /**
     * First step of the end: what other inputs still have to say; net_done; timers with something to do at the end, in the
     * order of their times; then every connection, in the order of Zeek's sorted keys. Runs the events of each (zeek {@code
     * src/zeek-setup.cc}, done_with_network).
     */
    public void finishTraffic() {
        stopped = true;
        for (Runnable task : endTasks) {
            task.run();
        }
        drainEvents();
        if (netDone.wanted()) {
            queue.add(netDone, time.now());
            drainEvents();
        }
        expireTimers();
        drainEvents();
        drainEvents();
        packets.drain();
        drainEvents();
        publish();
    }

    /**
     * Last step: expects zeek_done queued by the caller. Ends timers that were set meanwhile, then runs events until none are
     * left, however many generations that takes.
     */
    public void finishEvents() {
        expireTimers();
        do {
            turnEvents += queue.size();
            queue.drain();
        } while (!queue.isEmpty());
        publish();
    }

    private void expireTimers() {
        while (true) {
            TimedWork earliest = null;
            double due = Double.POSITIVE_INFINITY;
            for (TimedWork work : timedWork) {
                double next = work.nextDue();
                if (next < due) {
                    due = next;
                    earliest = work;
                }
            }
            if (earliest == null) {
                return;
            }
            earliest.expireNext();
        }
    }
}
