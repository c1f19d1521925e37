package dev.tandem.script.bif;

import dev.tandem.core.correlation.ConnectionAttributor;
import dev.tandem.core.host.Host;
import dev.tandem.core.host.HostInventory;
import dev.tandem.core.host.ProcessInfo;
import dev.tandem.core.host.SocketCall;
import dev.tandem.core.host.SocketCall.Action;
import dev.tandem.core.host.SocketCall.Outcome;
import dev.tandem.core.host.SocketTable;
import dev.tandem.core.host.SocketTable.FiveTuple;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.VectorType;
import java.util.List;
import java.util.Objects;

/** The functions behind the {@code osquery} scripts that keep what is known of hosts: rows go in, questions are answered. */
public final class HostStateBifs {
    private HostStateBifs() {}

    private static ConnectionAttributor attributor(ScriptContext context) {
        return context.service(ConnectionAttributor.class);
    }

    private static HostInventory hosts(ScriptContext context) {
        return attributor(context).hosts();
    }

    /** To be called for each row before what it says. */
    @Bif(value = "osquery::__told", type = "function(host: string, host_time: time, arrival: time): bool")
    public static boolean told(ScriptContext context, Bytes host, double hostTime, double arrival) {
        attributor(context).told(host.utf8(), hostTime, arrival);
        return true;
    }

    // ---- addresses

    /** Whether it is news. */
    @Bif(value = "osquery::__address_added", type = "function(host: string, a: addr, host_time: time): bool")
    public static boolean addressAdded(ScriptContext context, Bytes host, Addr a, double hostTime) {
        Host h = hosts(context).host(host.utf8());
        return attributor(context).addressAdded(h.id(), a, h.clock().ours(hostTime));
    }

    @Bif(value = "osquery::__heard_from", type = "function(host: string, a: addr, at: time): bool")
    public static boolean heardFrom(ScriptContext context, Bytes host, Addr a, double at) {
        attributor(context).heardFrom(hosts(context).host(host.utf8()).id(), a, at);
        return true;
    }

    @Bif(value = "osquery::__address_removed", type = "function(host: string, a: addr, host_time: time): bool")
    public static boolean addressRemoved(ScriptContext context, Bytes host, Addr a, double hostTime) {
        Host h = hosts(context).host(host.utf8());
        hosts(context).addresses().removed(h.id(), a, h.clock().ours(hostTime));
        return true;
    }

    @Bif(value = "osquery::__host_gone", type = "function(host: string, at: time): bool")
    public static boolean hostGone(ScriptContext context, Bytes host, double at) {
        hosts(context).addresses().removed(host.utf8(), at);
        return true;
    }

    @Bif(value = "osquery::__is_monitored", type = "function(a: addr): bool")
    public static boolean isMonitored(ScriptContext context, Addr a) {
        return hosts(context).addresses().isKnown(a);
    }

    @Bif(value = "osquery::__owners", type = "function(a: addr, since: time, until: time): string_vec")
    public static VectorValue owners(ScriptContext context, Addr a, double since, double until) {
        VectorValue all = new VectorValue((VectorType) Objects.requireNonNull(context.type("string_vec")));
        for (String host : hosts(context).addresses().of(a, since, until)) {
            all.add(Bytes.of(host));
        }
        return all;
    }

    // ---- users

    @Bif(value = "osquery::__user", type = "function(host: string, uid: int, name: string, is_gone: bool): bool")
    public static boolean user(ScriptContext context, Bytes host, long uid, Bytes name, boolean isGone) {
        Host h = hosts(context).host(host.utf8());
        if (isGone) {
            h.userGone(uid, name.utf8());
        } else {
            h.user(uid, name.utf8());
        }
        attributor(context).processTold(h.id());
        return true;
    }

    @Bif(value = "osquery::__user_name", type = "function(host: string, uid: int): string")
    public static Bytes userName(ScriptContext context, Bytes host, long uid) {
        Host h = hosts(context).find(host.utf8());
        return h == null ? Bytes.EMPTY : Bytes.of(h.userName(uid));
    }

    // ---- processes

    @Bif(
            value = "osquery::__process_started",
            type = "function(host: string, p: osquery::ProcessInfo, is_fork: bool): bool")
    public static boolean processStarted(ScriptContext context, Bytes host, RecordValue p, boolean isFork) {
        Host h = hosts(context).host(host.utf8());
        ProcessInfo process = process(context, p);
        h.order().stamped(process.since());
        h.processes().started(process, isFork);
        attributor(context).processTold(h.id());
        return true;
    }

    @Bif(value = "osquery::__process_running", type = "function(host: string, p: osquery::ProcessInfo): bool")
    public static boolean processRunning(ScriptContext context, Bytes host, RecordValue p) {
        Host h = hosts(context).host(host.utf8());
        h.processes().running(process(context, p));
        attributor(context).processTold(h.id());
        return true;
    }

    @Bif(value = "osquery::__process_gone", type = "function(host: string, pid: int, host_time: time): bool")
    public static boolean processGone(ScriptContext context, Bytes host, long pid, double hostTime) {
        hosts(context).host(host.utf8()).processes().gone((int) pid, hostTime);
        return true;
    }

    private static ProcessInfo process(ScriptContext context, RecordValue p) {
        RecordType t = AttributionBifs.type(context, "osquery::ProcessInfo");
        return new ProcessInfo(
                (int) number(p, t, "pid"),
                text(p, t, "path"),
                text(p, t, "cmdline"),
                number(p, t, "uid"),
                number(p, t, "auid"),
                (int) number(p, t, "parent"),
                p.get(t.slot("since")) instanceof Double d ? d : 0,
                Double.POSITIVE_INFINITY);
    }

    private static long number(RecordValue r, RecordType t, String field) {
        return r.get(t.slot(field)) instanceof Long n ? n : -1;
    }

    private static String text(RecordValue r, RecordType t, String field) {
        return r.get(t.slot(field)) instanceof Bytes b ? b.utf8() : "";
    }

    @Bif(
            value = "osquery::__process",
            type = "function(host: string, pid: int, at: time, path: string, auid: int): vector of"
                    + " osquery::ProcessInfo")
    public static VectorValue processAt(ScriptContext context, Bytes host, long pid, double at, Bytes path, long auid) {
        Host h = hosts(context).find(host.utf8());
        ProcessInfo p = h == null ? null : h.processes().at((int) pid, at, path.utf8(), auid);
        return processes(context, p == null ? List.of() : List.of(p));
    }

    @Bif(
            value = "osquery::__process_tree",
            type = "function(host: string, pid: int, at: time): vector of osquery::ProcessInfo")
    public static VectorValue processTree(ScriptContext context, Bytes host, long pid, double at) {
        Host h = hosts(context).find(host.utf8());
        return processes(context, h == null ? List.of() : h.processes().tree((int) pid, at));
    }

    private static VectorValue processes(ScriptContext context, List<ProcessInfo> found) {
        RecordType type = AttributionBifs.type(context, "osquery::ProcessInfo");
        VectorValue all = new VectorValue(new VectorType(type));
        for (ProcessInfo p : found) {
            RecordValue r = Records.make(type);
            r.set(type.slot("pid"), (long) p.pid());
            r.set(type.slot("path"), Bytes.of(p.path()));
            r.set(type.slot("cmdline"), Bytes.of(p.cmdline()));
            r.set(type.slot("uid"), p.uid());
            r.set(type.slot("parent"), (long) p.parent());
            r.set(type.slot("since"), p.since());
            r.set(type.slot("auid"), p.auid());
            if (!Double.isInfinite(p.until())) {
                r.set(type.slot("until"), p.until());
            }
            all.add(r);
        }
        return all;
    }

    // ---- sockets

    /** @param action connect, accept or bind; another is let be */
    @Bif(
            value = "osquery::__called",
            type = "function(host: string, action: string, pid: int, path: string, auid: int, protocol: count, la:"
                    + " addr, lp: count, ra: addr, rp: count, at: time, arrival: time, eid: count, fd: string,"
                    + " status: string): bool")
    public static boolean called(
            ScriptContext context,
            Bytes host,
            Bytes action,
            long pid,
            Bytes path,
            long auid,
            long protocol,
            Addr local,
            long localPort,
            Addr remote,
            long remotePort,
            double at,
            double arrival,
            long eid,
            Bytes fd,
            Bytes status) {
        Action a = switch (action.latin1()) {
            case "connect" -> Action.CONNECT;
            case "accept", "accept4" -> Action.ACCEPT;
            case "bind" -> Action.BIND;
            default -> null;
        };
        if (a == null) {
            return false;
        }
        SocketCall call = new SocketCall(
                a,
                (int) pid,
                path.utf8(),
                auid,
                (int) protocol,
                local,
                (int) localPort,
                remote,
                (int) remotePort,
                at,
                arrival,
                fd.latin1(),
                outcome(status.latin1()));
        attributor(context).called(host.utf8(), call, eid);
        return true;
    }

    private static Outcome outcome(String status) {
        return switch (status) {
            case "succeeded" -> Outcome.SUCCEEDED;
            case "in_progress" -> Outcome.IN_PROGRESS;
            case "failed" -> Outcome.FAILED;
            default -> Outcome.UNKNOWN;
        };
    }

    @Bif(
            value = "osquery::__open_socket",
            type = "function(host: string, pid: int, protocol: count, la: addr, lp: count, ra: addr, rp: count, "
                    + "host_time: time, is_gone: bool): bool")
    public static boolean openSocket(
            ScriptContext context,
            Bytes host,
            long pid,
            long protocol,
            Addr local,
            long localPort,
            Addr remote,
            long remotePort,
            double hostTime,
            boolean isGone) {
        FiveTuple socket = new FiveTuple((int) protocol, local, (int) localPort, remote, (int) remotePort);
        if (isGone) {
            sockets(context, host).closed(socket, (int) pid, hostTime);
        } else {
            attributor(context).socketOpened(host.utf8(), socket, (int) pid, hostTime);
        }
        return true;
    }

    @Bif(
            value = "osquery::__listener",
            type = "function(host: string, pid: int, protocol: count, a: addr, p: count, host_time: time, "
                    + "is_gone: bool): bool")
    public static boolean listener(
            ScriptContext context,
            Bytes host,
            long pid,
            long protocol,
            Addr a,
            long port,
            double hostTime,
            boolean isGone) {
        if (isGone) {
            sockets(context, host).listensNoLonger((int) protocol, a, (int) port, (int) pid, hostTime);
        } else {
            sockets(context, host).listens((int) protocol, a, (int) port, (int) pid, hostTime);
        }
        return true;
    }

    private static SocketTable sockets(ScriptContext context, Bytes host) {
        return hosts(context).host(host.utf8()).sockets();
    }
}
