package dev.tandem.core.engine;

import dev.tandem.core.host.HostQueries;

/**
 * Hands over what monitored hosts say: recorded answers at the network times they arrived, others every turn. To be added to
 * the engine as recorded input, as a task of each turn ({@link #run}) and as a task of the end ({@link #drain}).
 */
public final class HostAnswers implements TimedWork, Runnable {
    private final HostQueries hosts;
    private final NetworkTime time;
    private final HostQueries.Sink sink;

    public HostAnswers(HostQueries hosts, NetworkTime time, HostQueries.Sink sink) {
        this.hosts = hosts;
        this.time = time;
        this.sink = sink;
    }

    /** Adds itself to an engine, for all three. */
    public void joinTo(AnalysisEngine engine) {
        engine.recorded(this).everyTurn(this).whenInputEnds(this::drain);
    }

    @Override
    public double nextDue() {
        return hosts.nextArrival();
    }

    @Override
    public int runUntil(double until, int most) {
        return hosts.poll(until, sink);
    }

    @Override
    public void expireNext() {
        drain();
    }

    @Override
    public void run() {
        hosts.poll(time.now(), sink);
    }

    /** All that is left. */
    public void drain() {
        hosts.drain(sink);
    }
}
