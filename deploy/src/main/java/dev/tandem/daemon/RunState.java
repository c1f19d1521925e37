package dev.tandem.daemon;

import dev.tandem.core.engine.AnalysisEngine;
import dev.tandem.core.engine.NetworkTime;
import dev.tandem.core.packet.PacketSource;
import dev.tandem.program.Version;
import dev.tandem.script.bif.EngineState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** How this process runs, for the built-in functions that ask. Engine thread. */
final class RunState implements EngineState {
    private final RunOptions options;
    private final NetworkTime time;
    private final IntConsumer exit;
    private @Nullable AnalysisEngine engine;
    private @Nullable PacketSource source;
    private int suspensions;

    /** @param exit ends the process with that status; does not return */
    RunState(RunOptions options, NetworkTime time, IntConsumer exit) {
        this.options = options;
        this.time = time;
        this.exit = exit;
    }

    /** The engine is there: scripts may have asked it to wait before. */
    void attach(AnalysisEngine newEngine) {
        engine = newEngine;
        for (int i = 0; i < suspensions; i++) {
            newEngine.suspend();
        }
    }

    /** Packets come from there. */
    void source(PacketSource opened) {
        source = opened;
    }

    @Override
    public @Nullable PacketSource packetSource() {
        return source;
    }

    @Override
    public boolean isReadingLive() {
        return !options.interfaces().isEmpty();
    }

    @Override
    public boolean isReadingTraces() {
        return options.trace() != null;
    }

    @Override
    public boolean isBare() {
        return options.bare();
    }

    @Override
    public String version() {
        return Version.NUMBER;
    }

    @Override
    public List<String> arguments() {
        List<String> all = new ArrayList<>(options.arguments());
        all.addFirst("tandem");
        return all;
    }

    @Override
    public void networkTime(double newTime) {
        time.advanceTo(newTime);
    }

    @Override
    public void exit(int status) {
        exit.accept(status);
    }

    @Override
    public void suspend() {
        suspensions++;
        if (engine != null) {
            engine.suspend();
        }
    }

    @Override
    public void resume() {
        suspensions = Math.max(0, suspensions - 1);
        if (engine != null) {
            engine.resume();
        }
    }

    @Override
    public boolean isSuspended() {
        return suspensions > 0;
    }
}
