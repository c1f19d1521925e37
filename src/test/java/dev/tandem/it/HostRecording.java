package dev.tandem.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Result lines of hosts, and when they arrived. */
final class HostRecording {
    private final List<String> lines = new ArrayList<>();
    private final List<String> arrivals = new ArrayList<>();

    /**
     * One row that appeared in a host's table.
     *
     * @param arrived seconds since 1970; the host's own time is a second earlier
     * @param columns names and values in turn
     */
    HostRecording added(double arrived, String host, String table, String... columns) {
        return line(arrived, host, table, "added", columns);
    }

    /** One row that is no longer in a host's table. */
    HostRecording removed(double arrived, String host, String table, String... columns) {
        return line(arrived, host, table, "removed", columns);
    }

    /** One row as a host tells it at a time of its clock. */
    HostRecording row(double arrived, double hostTime, String host, String table, String action, String... columns) {
        return line(arrived, hostTime, host, table, action, columns);
    }

    /**
     * A program that was executed, as osquery tells of it.
     *
     * @param at seconds since 1970; the row bears a time a second later and arrives another second later
     */
    HostRecording program(double at, String host, int eid, int pid, int parent, int uid, String path, String cmdline) {
        return programTold(at + 2, (long) (at + 1), host, eid, pid, parent, uid, path, cmdline);
    }

    /** The same with the time it arrives, and the host's of it. */
    HostRecording programTold(
            double arrived,
            long time,
            String host,
            int eid,
            int pid,
            int parent,
            int uid,
            String path,
            String cmdline) {
        String user = Integer.toString(uid);
        return added(
                arrived,
                host,
                "process_events",
                "pid",
                "" + pid,
                "path",
                path,
                "cmdline",
                cmdline,
                "cwd",
                "/",
                "uid",
                user,
                "gid",
                user,
                "auid",
                user,
                "parent",
                "" + parent,
                "time",
                "" + time,
                "eid",
                "" + eid,
                "syscall",
                "execve");
    }

    /** A call of connect or accept; times as with {@link #program}. */
    HostRecording call(
            double at, String action, String host, int eid, int pid, int uid, String path, String remote, int port) {
        return callTold(at + 2, (long) (at + 1), action, host, eid, pid, uid, path, remote, port);
    }

    /** The same with the time it arrives, and the host's of it. */
    HostRecording callTold(
            double arrived,
            long time,
            String action,
            String host,
            int eid,
            int pid,
            int uid,
            String path,
            String remote,
            int port) {
        return added(
                arrived,
                host,
                "socket_events",
                "action",
                action,
                "pid",
                "" + pid,
                "path",
                path,
                "family",
                "2",
                "protocol",
                "0",
                "local_address",
                "",
                "remote_address",
                remote,
                "local_port",
                "0",
                "remote_port",
                "" + port,
                "time",
                "" + time,
                "eid",
                "" + eid,
                "fd",
                "3",
                "status",
                "succeeded",
                "auid",
                "" + uid,
                "success",
                "1");
    }

    private HostRecording line(double arrived, String host, String table, String action, String... columns) {
        return line(arrived, arrived - 1, host, table, action, columns);
    }

    private HostRecording line(
            double arrived, double hostTime, String host, String table, String action, String... columns) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < columns.length; i += 2) {
            members.add(quoted(columns[i]) + ":" + quoted(columns[i + 1]));
        }
        lines.add("{\"name\":" + quoted(table) + ",\"hostIdentifier\":" + quoted(host) + ",\"unixTime\":"
                + (long) hostTime + ",\"columns\":{" + String.join(",", members) + "},\"action\":"
                + quoted(action) + "}");
        arrivals.add(String.format(Locale.ROOT, "%.6f", arrived));
        return this;
    }

    /** Lines of several hosts, which were added one host after the other, put in order of arrival. */
    HostRecording inOrder() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> Double.parseDouble(arrivals.get(i))));
        HostRecording sorted = new HostRecording();
        for (int i : order) {
            sorted.lines.add(lines.get(i));
            sorted.arrivals.add(arrivals.get(i));
        }
        return sorted;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + '"';
    }

    /** Writes {@code hosts.ndjson} and {@code hosts.arrival}, and returns the options that name them. */
    List<String> write(Path folder) {
        try {
            Files.write(folder.resolve("hosts.ndjson"), lines);
            Files.write(folder.resolve("hosts.arrival"), arrivals);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of("--host-results", "hosts.ndjson", "--host-arrival", "hosts.arrival");
    }
}
