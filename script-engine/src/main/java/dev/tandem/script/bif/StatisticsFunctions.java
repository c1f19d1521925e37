package dev.tandem.script.bif;

import dev.tandem.core.connection.ConnectionTracker;
import dev.tandem.core.connection.FlowCounts;
import dev.tandem.core.connection.GapCounts;
import dev.tandem.core.connection.TimerWheel;
import dev.tandem.core.engine.EngineMetrics;
import dev.tandem.core.event.EventType;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.VectorType;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;

/** Counters of the engine and the process. What this engine does not count stays unset. */
public final class StatisticsFunctions {
    private StatisticsFunctions() {}

    private static void set(RecordValue record, String field, Object value) {
        int slot = record.layout() instanceof RecordType type ? type.slot(field) : -1;
        if (slot >= 0) {
            record.set(slot, value);
        }
    }

    private static EngineMetrics metrics(ScriptContext ctx) {
        return ctx.service(EngineMetrics.class);
    }

    @Bif(value = "get_net_stats", type = "function(): NetStats")
    public static RecordValue netStats(ScriptContext ctx) {
        EngineMetrics m = metrics(ctx);
        RecordValue r = Declared.record(ctx, "NetStats");
        set(r, "pkts_recvd", m.packets());
        set(r, "pkts_dropped", m.dropped());
        // Zeek has this from libpcap's counter of what the interface saw, which is 0 for files.
        set(r, "pkts_link", ctx.service(EngineState.class).isReadingLive() ? m.packets() + m.dropped() : 0L);
        set(r, "bytes_recvd", m.bytes());
        return r;
    }

    @Bif(value = "get_conn_stats", type = "function(): ConnStats")
    public static RecordValue connStats(ScriptContext ctx) {
        EngineMetrics m = metrics(ctx);
        ConnectionTracker tracker = ctx.service(ConnectionTracker.class);
        FlowCounts counts = tracker.counts();
        RecordValue r = Declared.record(ctx, "ConnStats");
        set(r, "total_conns", m.connections());
        set(r, "current_conns", m.liveConnections());
        set(r, "sess_current_conns", (long) tracker.table().size());
        set(r, "num_packets", m.packets());
        set(r, "num_fragments", (long) tracker.fragments().waiting());
        set(r, "max_fragments", (long) tracker.fragments().most());
        transport(r, "tcp", counts, Port.Proto.TCP);
        transport(r, "udp", counts, Port.Proto.UDP);
        transport(r, "icmp", counts, Port.Proto.ICMP);
        set(r, "num_packets_unprocessed", m.unprocessed());
        set(r, "killed_by_inactivity", counts.killedByInactivity());
        return r;
    }

    private static void transport(RecordValue r, String name, FlowCounts counts, Port.Proto transport) {
        set(r, "num_" + name + "_conns", counts.live(transport));
        set(r, "max_" + name + "_conns", counts.most(transport));
        set(r, "cumulative_" + name + "_conns", counts.total(transport));
    }

    @Bif(value = "get_gap_stats", type = "function(): GapStats")
    public static RecordValue gapStats(ScriptContext ctx) {
        GapCounts gaps = ctx.service(ConnectionTracker.class).gaps();
        RecordValue r = Declared.record(ctx, "GapStats");
        set(r, "ack_events", gaps.acknowledgements());
        set(r, "ack_bytes", gaps.acknowledgedBytes());
        set(r, "gap_events", gaps.gaps());
        set(r, "gap_bytes", gaps.gapBytes());
        return r;
    }

    @Bif(value = "get_reassembler_stats", type = "function(): ReassemblerStats")
    public static RecordValue reassemblerStats(ScriptContext ctx) {
        ConnectionTracker tracker = ctx.service(ConnectionTracker.class);
        RecordValue r = Declared.record(ctx, "ReassemblerStats");
        set(r, "file_size", 0L);
        set(r, "frag_size", tracker.fragments().heldBytes());
        set(r, "tcp_size", tracker.streamMemory().bytes());
        set(r, "unknown_size", 0L);
        return r;
    }

    @Bif(value = "get_overload_stats", type = "function(): OverloadStats")
    public static RecordValue overloadStats(ScriptContext ctx) {
        ConnectionTracker tracker = ctx.service(ConnectionTracker.class);
        RecordValue r = Declared.record(ctx, "OverloadStats");
        set(r, "evicted_conns", tracker.counts().evictedForRoom());
        set(r, "refused_conns", tracker.counts().refusedForRoom());
        set(r, "streams", tracker.streamMemory().streamsGivenUp());
        set(r, "datagrams", tracker.fragments().dropped());
        return r;
    }

    /** Timers of connections and tunnels, not those of scripts. */
    @Bif(value = "get_timer_stats", type = "function(): TimerStats")
    public static RecordValue timerStats(ScriptContext ctx) {
        TimerWheel timers = ctx.service(ConnectionTracker.class).timers();
        RecordValue r = Declared.record(ctx, "TimerStats");
        set(r, "current", (long) timers.size());
        set(r, "max", (long) timers.most());
        set(r, "cumulative", timers.total());
        return r;
    }

    /** Files are not counted yet: all 0. */
    @Bif(value = "get_file_analysis_stats", type = "function(): FileAnalysisStats")
    public static RecordValue fileAnalysisStats(ScriptContext ctx) {
        return zeros(ctx, "FileAnalysisStats");
    }

    /** Names are looked up by the operating system, which does not count for us: all 0. */
    @Bif(value = "get_dns_stats", type = "function(): DNSStats")
    public static RecordValue dnsStats(ScriptContext ctx) {
        return zeros(ctx, "DNSStats");
    }

    private static RecordValue zeros(ScriptContext ctx, String type) {
        RecordValue r = Declared.record(ctx, type);
        for (int i = 0; i < Declared.type(ctx, type, RecordType.class).size(); i++) {
            r.set(i, 0L);
        }
        return r;
    }

    @Bif(value = "get_event_stats", type = "function(): EventStats")
    public static RecordValue eventStats(ScriptContext ctx) {
        long dispatched = 0;
        for (EventType type : ctx.eventTypes().all()) {
            dispatched += type.timesRun();
        }
        RecordValue r = Declared.record(ctx, "EventStats");
        set(r, "queued", dispatched + ctx.events().size());
        set(r, "dispatched", dispatched);
        return r;
    }

    @Bif(value = "get_event_handler_stats", type = "function(): EventNameStats")
    public static VectorValue eventHandlerStats(ScriptContext ctx) {
        VectorValue all = new VectorValue(Declared.type(ctx, "EventNameStats", VectorType.class));
        ctx.eventTypes().all().stream()
                .filter(type -> type.timesRun() > 0)
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .forEach(type -> {
                    RecordValue r = Declared.record(ctx, "EventNameCounter");
                    set(r, "name", Bytes.of(type.name()));
                    set(r, "times_called", type.timesRun());
                    all.add(r);
                });
        return all;
    }

    @Bif(value = "get_reporter_stats", type = "function(): ReporterStats")
    public static RecordValue reporterStats(ScriptContext ctx) {
        TableValue byType = new TableValue(Declared.type(ctx, "weirds_by_type_table", TableType.class));
        ctx.service(ConnectionTracker.class).weird().byName((name, n) -> byType.put(Bytes.of(name), n));
        RecordValue r = Declared.record(ctx, "ReporterStats");
        set(r, "weirds", metrics(ctx).weirds());
        set(r, "weirds_by_type", byType);
        return r;
    }

    /** Memory is what the Java heap holds. */
    @Bif(value = "get_proc_stats", type = "function(): ProcStats")
    public static RecordValue procStats(ScriptContext ctx) {
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        Runtime heap = Runtime.getRuntime();
        double cpu = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(d -> d.toNanos() / 1e9)
                .orElse(0.0);
        RecordValue r = Declared.record(ctx, "ProcStats");
        set(r, "debug", false);
        set(r, "start_time", runtime.getStartTime() / 1e3);
        set(r, "real_time", runtime.getUptime() / 1e3);
        set(r, "user_time", cpu);
        set(r, "system_time", 0.0);
        set(r, "mem", heap.totalMemory() - heap.freeMemory());
        return r;
    }

    @Bif(value = "get_thread_stats", type = "function(): ThreadStats")
    public static RecordValue threadStats(ScriptContext ctx) {
        RecordValue r = Declared.record(ctx, "ThreadStats");
        set(r, "num_threads", (long) Thread.activeCount());
        return r;
    }
}
