package dev.tandem.script.bif;

import dev.tandem.core.connection.Connection;
import dev.tandem.core.connection.ConnectionTracker;
import dev.tandem.core.connection.StreamRecorder;
import dev.tandem.core.connection.TcpConnection;
import dev.tandem.core.record.ConnIdRecord;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.script.runtime.FileValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.RecordType;
import org.jspecify.annotations.Nullable;

/** Live connections: looked up, timed, watched and recorded (zeek {@code src/zeek.bif}, {@code tcp/functions.bif}). */
public final class ConnectionFunctions {
    private static final int UNKNOWN_PROTOCOL = 65535;
    private static final int CONTENTS_NONE = 0;
    private static final int CONTENTS_BOTH = 3;

    private ConnectionFunctions() {}

    /** Null when there is none; an id that cannot be one is reported. */
    static @Nullable Connection find(ScriptContext ctx, RecordValue id) {
        if (id.get(0) instanceof Addr orig
                && id.get(1) instanceof Port origPort
                && id.get(2) instanceof Addr resp
                && id.get(3) instanceof Port respPort
                && id.get(4) instanceof Long protocol) {
            if (protocol == UNKNOWN_PROTOCOL) {
                ctx.callError(
                        "invalid connection ID record encountered: the proto field has the \"unknown\" 65535 value. "
                                + "Did you forget to set it?",
                        null);
                return null;
            }
            ConnectionTracker tracker = ctx.service(ConnectionTracker.class);
            return tracker.find(
                    orig,
                    origPort.number(),
                    resp,
                    respPort.number(),
                    (int) (long) protocol,
                    tag(id, "vlan"),
                    tag(id, "inner_vlan"));
        }
        ctx.callError("invalid connection ID record encountered", null);
        return null;
    }

    /** A VLAN in the id's context; -1 for none. */
    private static int tag(RecordValue id, String field) {
        if (id.get(ConnIdRecord.CONTEXT) instanceof RecordValue context) {
            int slot = context.layout().slot(field);
            return slot >= 0 && context.get(slot) instanceof Long vlan ? vlan.intValue() : -1;
        }
        return -1;
    }

    /** Whether the connection of that id and uid is tracked; taken to be so when nothing is tracked yet. */
    static boolean isLive(ScriptContext ctx, RecordValue id, Bytes uid) {
        try {
            Connection c = find(ctx, id);
            ConnectionRecord record = c == null ? null : c.recordIfMade();
            return record != null && record.uid.equals(uid);
        } catch (ScriptError e) {
            return true;
        }
    }

    @Bif(value = "connection_exists", type = "function(c: conn_id): bool")
    public static boolean connectionExists(ScriptContext ctx, RecordValue c) {
        return find(ctx, c) != null;
    }

    @Bif(value = "lookup_connection", type = "function(cid: conn_id): connection")
    public static RecordValue lookupConnection(ScriptContext ctx, RecordValue cid) {
        Connection c = find(ctx, cid);
        if (c != null) {
            return c.record();
        }
        ctx.callError("connection ID not a known connection", cid);
        return dummy(ctx);
    }

    /** What callers get who go on after the error. */
    private static RecordValue dummy(ScriptContext ctx) {
        if (ctx.type("connection") instanceof RecordType type) {
            RecordValue c = Records.make(type);
            if (c.get(0) instanceof RecordValue id) {
                for (int end = 0; end < 4; end += 2) {
                    id.set(end, Addr.V4_ZERO);
                    id.set(end + 1, Port.of(0, Port.Proto.UDP));
                }
            }
            return c;
        }
        throw new ScriptError("type connection is not declared");
    }

    @Bif(value = "get_conn_transport_proto", type = "function(cid: conn_id): transport_proto")
    public static EnumValue getConnTransportProto(ScriptContext ctx, RecordValue cid) {
        Connection c = find(ctx, cid);
        if (c == null) {
            ctx.callError("unknown connection id in get_conn_transport_proto()", cid);
        }
        if (ctx.type("transport_proto") instanceof EnumType t) {
            EnumValue v = t.byNumber(c == null ? 0 : c.transport().ordinal());
            if (v != null) {
                return v;
            }
        }
        throw new ScriptError("type transport_proto is not declared");
    }

    /** Returns what held before. */
    @Bif(value = "set_inactivity_timeout", type = "function(cid: conn_id, t: interval): interval")
    public static double setInactivityTimeout(ScriptContext ctx, RecordValue cid, double t) {
        Connection c = find(ctx, cid);
        return c == null ? 0 : c.inactivityTimeout(t);
    }

    @Bif(value = "skip_further_processing", type = "function(cid: conn_id): bool")
    public static boolean skipFurtherProcessing(ScriptContext ctx, RecordValue cid) {
        Connection c = find(ctx, cid);
        if (c == null) {
            return false;
        }
        c.skipFurtherProcessing();
        return true;
    }

    @Bif(value = "set_record_packets", type = "function(cid: conn_id, do_record: bool): bool")
    public static boolean setRecordPackets(ScriptContext ctx, RecordValue cid, boolean doRecord) {
        Connection c = find(ctx, cid);
        if (c == null) {
            return false;
        }
        c.recordPackets(doRecord);
        return true;
    }

    @Bif(value = "get_orig_seq", type = "function(cid: conn_id): count")
    public static long getOrigSeq(ScriptContext ctx, RecordValue cid) {
        return find(ctx, cid) instanceof TcpConnection c ? c.sequence(true) : 0;
    }

    @Bif(value = "get_resp_seq", type = "function(cid: conn_id): count")
    public static long getRespSeq(ScriptContext ctx, RecordValue cid) {
        return find(ctx, cid) instanceof TcpConnection c ? c.sequence(false) : 0;
    }

    // ---- recordings

    private static boolean includes(long direction, boolean originator) {
        return direction == CONTENTS_BOTH || direction == (originator ? 1 : 2);
    }

    @Bif(value = "set_contents_file", type = "function(cid: conn_id, direction: count, f: file): bool")
    public static boolean setContentsFile(ScriptContext ctx, RecordValue cid, long direction, FileValue f) {
        Connection c = find(ctx, cid);
        if (c instanceof TcpConnection tcp) {
            if (direction != CONTENTS_NONE && !f.isOpen()) {
                ctx.reporter().error("no such file \"" + f.name() + "\"", null);
            } else {
                for (boolean originator : new boolean[] {true, false}) {
                    if (direction == CONTENTS_NONE) {
                        tcp.recorder(originator, null);
                    } else if (includes(direction, originator)) {
                        tcp.recorder(originator, new ContentsFile(f));
                    }
                }
            }
        }
        return c != null;
    }

    @Bif(value = "get_contents_file", type = "function(cid: conn_id, direction: count): file")
    public static FileValue getContentsFile(ScriptContext ctx, RecordValue cid, long direction) {
        Connection c = find(ctx, cid);
        if (c instanceof TcpConnection tcp) {
            StreamRecorder orig = tcp.recorder(true);
            StreamRecorder resp = tcp.recorder(false);
            StreamRecorder asked = includes(direction, true) ? orig : includes(direction, false) ? resp : null;
            boolean same = direction != CONTENTS_BOTH || orig != null && orig.equals(resp);
            if (same && asked instanceof ContentsFile contents) {
                return contents.file();
            }
        }
        if (c == null) {
            ctx.callError("unknown connection id in get_contents_file()", cid);
        } else {
            ctx.callError("no contents file for given direction", null);
        }
        return ctx.service(ScriptFiles.class).standardOutput();
    }

    // ---- thresholds

    @Bif(
            value = "set_current_conn_bytes_threshold",
            type = "function(cid: conn_id, threshold: count, is_orig: bool): bool")
    public static boolean setBytesThreshold(ScriptContext ctx, RecordValue cid, long threshold, boolean isOrig) {
        Connection c = find(ctx, cid);
        if (c == null) {
            return false;
        }
        c.bytesThreshold(isOrig, threshold);
        return true;
    }

    @Bif(
            value = "set_current_conn_packets_threshold",
            type = "function(cid: conn_id, threshold: count, is_orig: bool): bool")
    public static boolean setPacketsThreshold(ScriptContext ctx, RecordValue cid, long threshold, boolean isOrig) {
        Connection c = find(ctx, cid);
        if (c == null) {
            return false;
        }
        c.packetsThreshold(isOrig, threshold);
        return true;
    }

    @Bif(value = "set_current_conn_duration_threshold", type = "function(cid: conn_id, threshold: interval): bool")
    public static boolean setDurationThreshold(ScriptContext ctx, RecordValue cid, double threshold) {
        Connection c = find(ctx, cid);
        if (c == null) {
            return false;
        }
        c.durationThreshold(threshold);
        return true;
    }

    @Bif(value = "get_current_conn_bytes_threshold", type = "function(cid: conn_id, is_orig: bool): count")
    public static long getBytesThreshold(ScriptContext ctx, RecordValue cid, boolean isOrig) {
        Connection c = find(ctx, cid);
        return c == null ? 0 : c.bytesThreshold(isOrig);
    }

    @Bif(value = "get_current_conn_packets_threshold", type = "function(cid: conn_id, is_orig: bool): count")
    public static long getPacketsThreshold(ScriptContext ctx, RecordValue cid, boolean isOrig) {
        Connection c = find(ctx, cid);
        return c == null ? 0 : c.packetsThreshold(isOrig);
    }

    @Bif(value = "get_current_conn_duration_threshold", type = "function(cid: conn_id): interval")
    public static double getDurationThreshold(ScriptContext ctx, RecordValue cid) {
        Connection c = find(ctx, cid);
        return c == null ? 0 : c.durationThreshold();
    }
}
