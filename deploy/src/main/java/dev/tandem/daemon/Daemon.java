package dev.tandem.daemon;

import dev.tandem.core.connection.ConnectionTracker;
import dev.tandem.core.engine.AnalysisEngine;
import dev.tandem.core.engine.HostAnswers;
import dev.tandem.core.engine.HostCommits;
import dev.tandem.core.host.HostQueries;
import dev.tandem.core.packet.PacketSource;
import dev.tandem.script.ScriptEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run, from reading the scripts to closing the logs, on a thread of its own with a stack that deep scripts do not
 * exhaust. The order is Zeek's ({@code src/main.cc}, {@code src/zeek-setup.cc}): scripts, top-level statements, zeek_init,
 * packets, what is still open, zeek_done, logs.
 *
 * <p>{@link #run} is called once; {@link #stop} by any thread.
 */
final class Daemon {
    /** Exit status of a run that did what it was asked. */
    static final int OK = 0;

    /** Exit status of a run that could not, or not all. */
    static final int FAILED = 1;

    private static final long STACK_BYTES = 64L << 20;

    private final RunOptions options;
    private final Terminal terminal;
    private final Parts parts;
    private final CountDownLatch finished = new CountDownLatch(1);
    private final List<PacketSource> sources = new ArrayList<>();
    private volatile @Nullable AnalysisEngine engine;
    private @Nullable HostCommits hostCommits;
    private volatile boolean stopAsked;
    private volatile int status = FAILED;
    private boolean closed;

    Daemon(RunOptions options, Terminal terminal, Parts parts) {
        this.options = options;
        this.terminal = terminal;
        this.parts = parts;
    }

    /** Runs to the end and returns the exit status. */
    int run() {
        Thread thread = new Thread(null, this::runOnThread, "engine", STACK_BYTES);
        thread.start();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                stop();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return status;
    }

    /** Ends the run after the packet at hand, in order: what is open is logged. Any thread; more than once does no more. */
    void stop() {
        stopAsked = true;
        AnalysisEngine running = engine;
        if (running != null) {
            running.stop();
        }
    }

    /** Has everything that scripts read from files read again. Any thread; the engine does it in its next turn. */
    void readAgain() {
        parts.presence().tasks().later(parts.scripts().input()::updateAll);
    }

    /** Waits for the end of the run. Returns false when it did not come in that time. */
    boolean awaitEnd(long seconds) {
        try {
            return finished.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether {@link #status} is the last word. */
    boolean hasEnded() {
        return finished.getCount() == 0;
    }

    /** The exit status; that of a failure until the run has ended. */
    int status() {
        return status;
    }

    /** Ends the run at once because a script says so: output so far is kept, connections are not finished. */
    void abandon(int newStatus) {
        status = newStatus;
        close();
        finished.countDown();
    }

    // Everything from here on: engine thread.

    @SuppressWarnings("CatchAndPrintStackTrace") // a bug of ours: the trace is what its report needs
    private void runOnThread() {
        try {
            status = analyze();
        } catch (Exception | StackOverflowError e) {
            terminal.complain("internal error, please report it:");
            e.printStackTrace(terminal.err());
            status = FAILED;
        } finally {
            close();
            if (status == OK && parts.lostRows().getAsLong() > 0) {
                // The logs' own messages have said which.
                status = FAILED;
            }
            finished.countDown();
        }
    }

    private int analyze() {
        parts.presence().enter(RunPhase.INITIALIZING);
        ScriptEngine scripts = parts.scripts();
        if (!load(scripts)) {
            return FAILED;
        }
        if (options.parseOnly()) {
            return OK;
        }
        String printed = options.printedName();
        if (printed != null) {
            return print(printed, scripts);
        }
        scripts.configure(parts.settings());
        try {
            parts.presence().open();
            parts.settleWriters().run(); // the directory is ours now
            for (Parts.SourceOpener opener : parts.sources()) {
                sources.add(opener.open());
            }
            if (!sources.isEmpty()) {
                parts.state().source(sources.get(0));
            }
            hostCommits = parts.port().open();
        } catch (IOException e) {
            terminal.complain(reason(e));
            return FAILED;
        }
        // While scripts are read it is 0 o'clock (zeek src/zeek-setup.cc).
        if (!parts.settings().clockMovesTime) {
            parts.time().holdClock();
        }
        parts.time().tick();
        AnalysisEngine running = assembleEngine(scripts);
        if (!scripts.runGlobals() || !scripts.raiseInit()) {
            return FAILED;
        }
        parts.queue().drain();
        int result = OK;
        if (!sources.isEmpty()
                || options.hostResults() != null
                || hostCommits != null
                || parts.settings().exitOnlyAfterTerminate) {
            parts.presence().enter(RunPhase.RUNNING);
            result = traffic(running);
            parts.presence().enter(RunPhase.TERMINATING);
            if (stopAsked || scripts.terminateRequested()) {
                scripts.stoppedEarly();
            }
            running.finishTraffic();
        }
        scripts.raiseDone();
        running.finishEvents();
        if (hostCommits != null) {
            hostCommits.finish();
        }
        return result;
    }

    private int print(String name, ScriptEngine scripts) {
        String description = scripts.describe(name);
        if (description == null) {
            terminal.complain("-I: there is no " + name);
            return FAILED;
        }
        terminal.out().println(description);
        return OK;
    }

    private boolean load(ScriptEngine scripts) {
        options.prefixes().forEach(scripts::prefix);
        if (options.bare()) {
            scripts.loadBare();
        } else {
            scripts.loadDefault();
        }
        if (options.hostResults() != null || options.hostPort() != null) {
            scripts.load("osquery");
        }
        if (options.lint()) {
            scripts.lint();
        }
        for (String script : options.scripts()) {
            if (script.equals("-")) {
                try {
                    scripts.code(new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8));
                } catch (IOException e) {
                    terminal.complain("standard input: " + reason(e));
                    return false;
                }
            } else {
                scripts.load(script);
            }
        }
        for (String assignment : options.assignments()) {
            scripts.option(assignment);
        }
        if (options.ignoreChecksums()) {
            scripts.option("ignore_checksums=T");
        }
        String filter = options.filter();
        if (filter != null) {
            scripts.option("cmd_line_bpf_filter=" + filter);
        }
        String code = options.code();
        if (code != null) {
            scripts.code(code + "\n;\n");
        }
        scripts.finishLoading();
        scripts.arguments(options.scriptArguments());
        return !scripts.hasErrors();
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
                .everyTurn(scripts.input()::drain)
                .everyTurn(parts.backbone()::drain)
                .everyTurn(parts.presence()::turn)
                .everyTurn(() -> parts.writers().flushDue(System.nanoTime()));
        HostQueries hosts = parts.hosts();
        if (hostCommits != null) {
            made.afterEvents(hostCommits);
            parts.settings().exitOnlyAfterTerminate |= options.trace() == null;
        }
        if (hosts != null) {
            new HostAnswers(hosts, parts.time(), parts.hostSink().get()).joinTo(made);
        }
        made.whenInputEnds(scripts::inputEnded);
        scripts.onTerminate(made::stop);
        parts.state().attach(made);
        parts.filters().attach(made);
        engine = made;
        if (stopAsked || scripts.terminateRequested()) {
            made.stop();
        }
        return made;
    }

    /** Takes packets until there are no more. A source that breaks ends the run early, and what it gave stands. */
    private int traffic(AnalysisEngine running) {
        int result = OK;
        try {
            running.run();
        } catch (IOException e) {
            terminal.complain(reason(e));
            result = FAILED;
        }
        for (PacketSource source : sources) {
            String complaint = source.complaint();
            if (complaint != null) {
                String name = source.name().equals("-") ? "standard input" : source.name();
                terminal.complain("warning: " + name + ": " + complaint + "; processed what is there");
            }
        }
        return result;
    }

    /** In reverse of the start. */
    private void close() {
        if (closed) {
            return;
        }
        closed = true;
        quietly(parts.backbone());
        quietly(parts.scripts());
        quietly(parts.writers());
        sources.forEach(this::quietly);
        for (AutoCloseable closeable : parts.closeables().reversed()) {
            quietly(closeable);
        }
        quietly(parts.presence());
        terminal.out().flush();
    }

    /** One that cannot be closed does not keep the others open. */
    private void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            terminal.complain(reason(e));
        }
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message != null ? message : e.toString();
    }
}
