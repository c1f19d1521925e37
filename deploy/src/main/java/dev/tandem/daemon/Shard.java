package dev.tandem.daemon;

import dev.tandem.core.connection.ConnectionTracker;
import dev.tandem.core.engine.AnalysisEngine;
import dev.tandem.core.engine.HostAnswers;
import dev.tandem.core.engine.HostCommits;
import dev.tandem.core.host.HostQueries;
import dev.tandem.core.packet.PacketSource;
import dev.tandem.script.ScriptEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One engine's run, from reading the scripts to closing its logs. The order is Zeek's ({@code src/main.cc}, {@code
 * src/zeek-setup.cc}): scripts, top-level statements, zeek_init, packets, what is still open, zeek_done, logs. Several in a
 * process wait for each other when their scripts have begun and before they end.
 *
 * <p>Engine thread, unless it says otherwise.
 */
final class Shard {
    /** How long a stopped run may go on with packets that came before it was stopped. */
    private static final int MOST_BEHIND_MILLIS = 2_000;

    private final RunOptions options;
    private final Terminal terminal;
    private final Parts parts;
    private final ScriptLoading loading;
    private final ShardTeam team;
    private final Daemon daemon;
    private final List<PacketSource> sources = new ArrayList<>();
    private @Nullable HostCommits hostCommits;
    private volatile @Nullable AnalysisEngine engine;
    private volatile boolean stopAsked;
    private volatile boolean endAsked;
    private volatile boolean readAgainAsked;
    private boolean closed;

    /** @param daemon told when the whole process is to end */
    Shard(RunOptions options, Terminal terminal, Parts parts, ScriptLoading loading, ShardTeam team, Daemon daemon) {
        this.options = options;
        this.terminal = terminal;
        this.parts = parts;
        this.loading = loading;
        this.team = team;
        this.daemon = daemon;
    }

    /** The name of its thread. */
    String threadName() {
        return parts.node().isAlone() ? "engine" : parts.node().name();
    }

    /** Ends the run after the packet at hand, because somebody wants it. Any thread. */
    void stop() {
        stopAsked = true;
        end();
    }

    /** Takes no more packets after the one at hand. Any thread. */
    void end() {
        endAsked = true;
        AnalysisEngine running = engine;
        if (running != null) {
            running.stop();
        }
    }

    /** Has everything that scripts read from files read again. Any thread; done in the engine's next turn. */
    void readAgain() {
        readAgainAsked = true;
    }

    /** Runs to the end and returns an exit status. */
    int run() {
        parts.presenceIfFirst(p -> p.enter(RunPhase.INITIALIZING));
        ScriptEngine scripts = parts.scripts();
        if (!place() || !loading.load(scripts, parts.node())) {
            return Daemon.FAILED;
        }
        if (options.parseOnly()) {
            return Daemon.OK;
        }
        String printed = options.printedName();
        if (printed != null) {
            return print(printed, scripts);
        }
        scripts.configure(parts.settings());
        // The first has the directory then, and has done with what a run before left there. And they begin to capture
        // together:
        // whoever did alone for a while would get the packets of all.
        if (!parts.node().isFirst() && !settle()) {
            return Daemon.FAILED;
        }
        try {
            if (parts.node().isFirst()) {
                parts.presence().open();
            }
            parts.settleWriters().run(); // the directory is ours now
            for (Parts.SourceOpener opener : parts.sources()) {
                sources.add(opener.open());
            }
            if (!sources.isEmpty()) {
                parts.state().source(sources.get(0));
            }
            hostCommits = parts.port().open();
        } catch (IOException e) {
            terminal.complain(parts.node().prefix() + Daemon.reason(e));
            return Daemon.FAILED;
        }
        // While scripts are read it is 0 o'clock (zeek src/zeek-setup.cc).
        if (!parts.settings().clockMovesTime) {
            parts.time().holdClock();
        }
        parts.time().tick();
        AnalysisEngine running = assembleEngine(scripts);
        if (!scripts.runGlobals()) {
            return Daemon.FAILED;
        }
        if (parts.node().isFirst()) {
            scripts.rotateLeftovers();
            if (!settle()) {
                return Daemon.FAILED;
            }
        }
        if (!scripts.raiseInit()) {
            return Daemon.FAILED;
        }
        parts.queue().drain();
        if (!settle()) {
            return Daemon.FAILED;
        }
        int result = Daemon.OK;
        if (hasTraffic()) {
            parts.presenceIfFirst(p -> p.enter(RunPhase.RUNNING));
            result = traffic(running);
            parts.presenceIfFirst(p -> p.enter(RunPhase.TERMINATING));
            if (team.isBroken()) {
                return Daemon.FAILED;
            }
            if (parts.node().isFirst() && (stopAsked || scripts.terminateRequested())) {
                scripts.stoppedEarly();
            }
            if (!finishTraffic(running)) {
                return Daemon.FAILED;
            }
        }
        if (!settle()) {
            return Daemon.FAILED;
        }
        scripts.raiseDone();
        running.finishEvents();
        if (!settle()) {
            return Daemon.FAILED;
        }
        if (hostCommits != null) {
            hostCommits.finish();
        }
        return result;
    }

    /**
     * Ends what is open. The first of several engines has heard all that there is to hear by then, and says what the others
     * wait for, before they end their connections and let go of rows that wait. False when the run is over.
     */
    private boolean finishTraffic(AnalysisEngine running) {
        if (parts.node().isFirst()) {
            running.finishTraffic();
            return settle();
        }
        boolean goesOn = settle();
        running.finishTraffic();
        return goesOn;
    }

    private boolean place() {
        try {
            parts.placing().place();
            return true;
        } catch (IOException e) {
            terminal.complain(parts.node().prefix() + Daemon.reason(e));
            return false;
        }
    }

    private boolean hasTraffic() {
        return !parts.sources().isEmpty()
                || !options.interfaces().isEmpty()
                || options.hostResults() != null
                || hostCommits != null
                || parts.settings().exitOnlyAfterTerminate;
    }

    /** Exchanges events with the other shards until none has more to say. False when the run is over. */
    private boolean settle() {
        if (parts.node().isAlone()) {
            return true;
        }
        boolean worked = true;
        while (true) {
            worked |= exchange();
            switch (team.meet(worked, this::exchange)) {
                case QUIET -> {
                    return true;
                }
                case BROKEN -> {
                    return false;
                }
                case WORKED -> worked = false;
            }
        }
    }

    /** Takes in events of other shards. Returns whether there were any. */
    private boolean exchange() {
        boolean came = parts.backbone().drainAll() > 0 || !parts.queue().isEmpty();
        parts.queue().drain();
        parts.presenceIfFirst(Presence::turn);
        parts.writers().flushDue(System.nanoTime());
        return came;
    }

    private int print(String name, ScriptEngine scripts) {
        String description = scripts.describe(name);
        if (description == null) {
            terminal.complain("-I: there is no " + name);
            return Daemon.FAILED;
        }
        terminal.out().println(description);
        return Daemon.OK;
    }

    private AnalysisEngine assembleEngine(ScriptEngine scripts) {
        ConnectionTracker tracker = new ConnectionTracker(
                parts.settings(),
                parts.events(),
                parts.queue(),
                scripts.records(),
                parts.time(),
                parts.metrics(),
                parts.uids());
        scripts.service(ConnectionTracker.class, tracker);
        AnalysisEngine made = new AnalysisEngine(
                parts.settings(), parts.events(), parts.queue(), parts.time(), parts.metrics(), tracker);
        sources.forEach(made::source);
        made.timed(scripts.joinTracker(tracker))
                .timed(scripts.timers())
                .everyTurn(this::readAgainIfAsked)
                .everyTurn(scripts.input()::drain);
        listenToOthers(made);
        made.everyTurn(() -> parts.presenceIfFirst(Presence::turn))
                .everyTurn(() -> parts.writers().flushDue(System.nanoTime()));
        if (parts.sources().isEmpty() && !options.interfaces().isEmpty()) {
            parts.settings().exitOnlyAfterTerminate = true; // the manager of workers that capture
        }
        HostQueries hosts = parts.hosts();
        if (hostCommits != null) {
            made.afterEvents(hostCommits);
            parts.settings().exitOnlyAfterTerminate |= options.trace() == null;
        }
        if (hosts != null) {
            new HostAnswers(hosts, parts.time(), parts.hostSink().get()).joinTo(made);
        }
        if (joinsShares()) {
            made.recorded(parts.backbone().inOrder()); // behind hosts: at the same time their rows come first
        }
        made.whenInputEnds(scripts::inputEnded);
        scripts.onTerminate(daemon::stop);
        parts.state().attach(made);
        parts.filters().attach(made);
        engine = made;
        if (endAsked || scripts.terminateRequested()) {
            made.stop();
        }
        return made;
    }

    /** Whether it hears what others tell of a trace in the order of the trace's time. */
    private boolean joinsShares() {
        return options.isReplay() && !parts.node().isAlone() && parts.node().isFirst();
    }

    private void listenToOthers(AnalysisEngine made) {
        Parts.Progress progress = parts.progress();
        if (progress != null) {
            made.afterEvents(() -> progress.reached(parts.time().now()));
        }
        if (options.isReplay()) {
            parts.backbone().inOrder().takeAll();
        }
        if (joinsShares()) {
            made.everyTurn(parts.backbone()::drain);
        } else {
            made.everyTurn(parts.backbone()::drainAll);
        }
    }

    private void readAgainIfAsked() {
        if (readAgainAsked) {
            readAgainAsked = false;
            parts.scripts().input().updateAll();
        }
    }

    /** Takes packets until there are no more. A source that breaks ends the run early, and what it gave stands. */
    private int traffic(AnalysisEngine running) {
        int result = Daemon.OK;
        try {
            running.run();
            if (stopAsked && !parts.scripts().terminateRequested() && !team.isBroken()) {
                running.takeArrived(MOST_BEHIND_MILLIS);
            }
        } catch (IOException e) {
            terminal.complain(parts.node().prefix() + Daemon.reason(e));
            result = Daemon.FAILED;
            daemon.endEarly();
        }
        Parts.Progress progress = parts.progress();
        if (progress != null) {
            progress.ended();
        }
        sources.forEach(source -> Daemon.tellComplaint(source, terminal));
        return result;
    }

    /** Closes what is this engine's own, in reverse of the start. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        daemon.quietly(parts.backbone());
        daemon.quietly(parts.scripts());
        if (!parts.node().isFirst()) {
            daemon.quietly(parts.writers());
        }
        sources.forEach(daemon::quietly);
    }
}
