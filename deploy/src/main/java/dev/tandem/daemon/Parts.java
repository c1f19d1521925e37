package dev.tandem.daemon;

import dev.tandem.core.connection.ConnectionUid;
import dev.tandem.core.engine.EngineMetrics;
import dev.tandem.core.engine.EngineSettings;
import dev.tandem.core.engine.HostCommits;
import dev.tandem.core.engine.NetworkTime;
import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.host.HostQueries;
import dev.tandem.core.log.LogWriterFactory;
import dev.tandem.core.packet.PacketSource;
import dev.tandem.script.ScriptEngine;
import dev.tandem.script.broker.ScriptBackbone;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one engine of a {@link Daemon} runs on, as {@link DaemonAssembly} made it.
 *
 * @param node which of the engines it is
 * @param placing ties its thread to the processor that it is to run on, if there is one
 * @param backbone brings the scripts what others publish
 * @param sources opened when the scripts have been read
 * @param progress told how far this engine has come, for the one that joins what the others tell; null when nobody asks
 * @param hosts null when no hosts are watched; they need not have a port
 * @param port opens what hosts connect to, if that is wanted
 * @param hostSink hands to the scripts what hosts say; made when the scripts have been read
 * @param presence what others see of the run; the first engine's affair
 * @param settleWriters tells the writers what options the scripts set
 */
record Parts(
        ShardNode node,
        Placing placing,
        EngineSettings settings,
        EventRegistry events,
        EventQueue queue,
        NetworkTime time,
        EngineMetrics metrics,
        ConnectionUid.Source uids,
        ScriptEngine scripts,
        ScriptBackbone backbone,
        LogWriterFactory writers,
        List<SourceOpener> sources,
        @Nullable Progress progress,
        @Nullable HostQueries hosts,
        HostPortOpener port,
        Supplier<HostQueries.Sink> hostSink,
        RunState state,
        ChosenFilters filters,
        Presence presence,
        Runnable settleWriters) {
    /** Does something with the presence, in the engine whose affair it is. */
    void presenceIfFirst(Consumer<Presence> action) {
        if (node.isFirst()) {
            action.accept(presence);
        }
    }

    /** Hears how far an engine has come. */
    interface Progress {
        /**
         * It has said all that it has to say up to a time.
         *
         * @param networkTime seconds since 1970
         */
        void reached(double networkTime);

        /** It takes no more packets. */
        void ended();
    }

    /** Ties the calling thread to a processor. */
    interface Placing {
        /** @throws IOException when it cannot be; the message is fit for the user */
        void place() throws IOException;
    }

    /** Opens the port of the hosts when the scripts have been read. */
    interface HostPortOpener {
        /**
         * @return commits the logs of what hosts say; null when no port is wanted
         * @throws IOException when it cannot be opened; the message is fit for the user
         */
        @Nullable
        HostCommits open() throws IOException;
    }

    /** Opens a source of packets. */
    interface SourceOpener {
        /** @throws IOException when it cannot be; the message is fit for the user */
        PacketSource open() throws IOException;
    }
}
