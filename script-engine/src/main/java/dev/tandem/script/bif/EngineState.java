package dev.tandem.script.bif;

import dev.tandem.core.packet.PacketSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the engine runs, for the built-in functions that tell or change it. An engine offers it as a service. */
public interface EngineState {
    /** Whether packets come from an interface. */
    boolean isReadingLive();

    /** Whether packets come from trace files. */
    boolean isReadingTraces();

    /** Where packets come from; null when from nowhere, or not yet. */
    @Nullable
    PacketSource packetSource();

    /** Whether only the bare scripts were loaded. */
    boolean isBare();

    /** The product's version, e.g. {@code 1.2.0}. */
    String version();

    /** The command line, the program's name first. */
    List<String> arguments();

    /** Sets the network time (seconds since 1970), where nothing else does. */
    void networkTime(double time);

    /** Ends the process, after output is written. Does not return. */
    void exit(int status);

    /** Stops taking packets until {@link #resume}. */
    void suspend();

    void resume();

    boolean isSuspended();
}
