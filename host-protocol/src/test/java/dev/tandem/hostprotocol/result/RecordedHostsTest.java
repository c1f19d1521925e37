package dev.tandem.hostprotocol.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.UpdateType;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, times and order. */
class RecordedHostsTest {
    @TempDir
    Path folder;

    private Replay replay;

    @BeforeEach
    void start() {
        replay = new Replay(folder);
    }

    @AfterEach
    void close() {
        replay.close();
    }

    @Test
    void linesComeAtTheirArrivalAndInItsOrder() {
        replay.added(10, "h", "socket_events", "pid=1")
                .added(11, "h", "socket_events", "pid=2")
                .added(12, "h", "socket_events", "pid=3")
                .open(List.of("20.5", "20.25", "30"));
        replay.subscribe("SELECT pid FROM socket_events", UpdateType.ADD);
        assertEquals(20.25, replay.hosts().nextArrival());
        assertEquals(List.of(), replay.until(20));
        assertEquals(List.of("h connected", "h e ADD [2]"), replay.until(20.25));
        assertEquals(20.5, replay.hosts().nextArrival());
        assertEquals(List.of("h e ADD [1]"), replay.until(29));
        assertEquals(20.5, replay.lastRow().arrivalTime());
        assertEquals(10.0, replay.lastRow().hostTime());
        assertEquals(30.0, replay.hosts().nextArrival());
        assertEquals(List.of("h e ADD [3]"), replay.rest());
        assertEquals(Double.POSITIVE_INFINITY, replay.hosts().nextArrival());
        assertEquals(List.of(), replay.rest());
    }

    @Test
    void linesOfOneTimeKeepTheFilesOrder() {
        for (int i = 0; i < 50; i++) {
            replay.added(10, "h" + i % 3, "socket_events", "pid=" + i);
        }
        replay.subscribe("SELECT pid FROM socket_events", UpdateType.ADD);
        replay.rest();
        List<String> pids = new ArrayList<>();
        for (HostEvent event : replay.events) {
            if (event instanceof HostEvent.Row row) {
                pids.add(String.valueOf(row.values().getFirst()));
            }
        }
        for (int i = 0; i < 50; i++) {
            assertEquals(String.valueOf(i), pids.get(i));
        }
    }

    @Test
    void pollSaysHowMuchItDelivered() {
        replay.added(10, "h", "users", "uid=1")
                .added(20, "h", "users", "uid=2")
                .subscribe("SELECT uid FROM users", UpdateType.ADD);
        assertEquals(0, replay.hosts().poll(9, e -> {}));
        assertEquals(2, replay.hosts().poll(10, e -> {}));
        assertEquals(1, replay.hosts().poll(99, e -> {}));
        assertEquals(0, replay.hosts().poll(99, e -> {}));
    }

    @Test
    void brokenLineIsRefusedAndTheOthersDoNotSuffer() {
        replay.added(10, "h", "users", "uid=1")
                .raw("{'name':'users'")
                .raw("")
                .raw("{'name':'users','hostIdentifier':'h','unixTime':11,'action':'added'}")
                .added(12, "h", "sqlite_users", "x=1")
                .added(13, "h", "users", "uid=2")
                .subscribe("SELECT uid FROM users", UpdateType.ADD);
        String file = folder.resolve("r.ndjson").toString();
        assertEquals(3, replay.complaints.size());
        assertTrue(replay.complaints.getFirst().startsWith(file + ":2: not JSON: "), replay.complaints.getFirst());
        assertEquals(file + ":4: no columns, snapshot or diffResults", replay.complaints.get(1));
        assertEquals(file + ":5: SQLite keeps the name sqlite_users to itself", replay.complaints.get(2));
        assertEquals(3, replay.hosts().refusedLines());
        assertEquals(2, replay.hosts().acceptedLines());
        assertEquals(List.of("h connected", "h e ADD [1]", "h e ADD [2]"), replay.rest());
    }

    @Test
    void lineWithoutATimeOfArrivalIsRefused() {
        replay.added(10, "h", "users", "uid=1")
                .added(11, "h", "users", "uid=2")
                .added(12, "h", "users", "uid=3")
                .open(List.of("20", "soon"));
        replay.subscribe("SELECT uid FROM users", UpdateType.ADD);
        assertEquals(
                List.of(
                        folder.resolve("r.arrival") + ":2: not a time in seconds",
                        folder.resolve("r.ndjson") + ":3: no arrival time: " + folder.resolve("r.arrival")
                                + " has fewer lines"),
                replay.complaints);
        assertEquals(List.of("h connected", "h e ADD [1]"), replay.rest());
    }

    @Test
    void timesToSpareAreComplainedOf() {
        replay.added(10, "h", "users", "uid=1").open(List.of("20", "21"));
        assertEquals(
                List.of(folder.resolve("r.arrival") + ":2: more times than " + folder.resolve("r.ndjson")
                        + " has lines"),
                replay.complaints);
        assertEquals(0, replay.hosts().refusedLines());
    }

    @Test
    void complaintsEndAtAHundred() {
        for (int i = 0; i < 150; i++) {
            replay.raw("x");
        }
        replay.open();
        assertEquals(101, replay.complaints.size());
        assertEquals(folder.resolve("r.ndjson") + ": 150 lines refused in all", replay.complaints.getLast());
    }

    @Test
    void missingFileIsNamed() {
        Path missing = folder.resolve("missing");
        IOException error =
                assertThrows(IOException.class, () -> RecordedHosts.open(missing, null, replay.complaints::add));
        assertEquals(missing + ": No such file or directory", error.getMessage());
    }

    @Test
    void emptyFileHasNothingToSay() {
        replay.open();
        assertEquals(Double.POSITIVE_INFINITY, replay.hosts().nextArrival());
        assertEquals(List.of(), replay.rest());
    }

    @Test
    void rowsOfOneRunAreComparedTogether() {
        // One line at a time, the answer to the count would pass through 1.
        replay.added(10, "h", "users", "uid=1").added(10, "h", "users", "uid=2").open(List.of("20.0000", "20.0005"));
        replay.subscribe("SELECT count(*) FROM users", UpdateType.BOTH);
        assertEquals(20.0005, replay.hosts().nextArrival());
        assertEquals(List.of("h connected", "h e ADD [2]"), replay.rest());
    }

    /** Two hosts with tables in all forms of line; {@code small.ndjson} tells what each line is there for. */
    @Test
    void smallRecordingGivesWhatItsTablesSay() throws IOException, URISyntaxException {
        Map<String, Integer> counts = new TreeMap<>();
        try (RecordedHosts hosts = RecordedHosts.open(resource("small.ndjson"), resource("small.arrival"), c -> {
            throw new AssertionError(c);
        })) {
            subscribe(hosts, "processes", "SELECT pid, name FROM processes");
            subscribe(hosts, "process_events", "SELECT pid,path,cmdline,cwd,uid,gid,time,parent FROM process_events");
            subscribe(hosts, "socket_events", "SELECT action, pid, remote_address FROM socket_events WHERE family=2");
            subscribe(hosts, "sockets", "SELECT pid, local_port FROM process_open_sockets WHERE family=2");
            subscribe(hosts, "mounts", "SELECT device,device_alias,path,type,blocks_size,blocks,flags FROM mounts");
            subscribe(hosts, "user_of_process", "SELECT p.pid, u.username FROM processes p JOIN users u USING (uid)");
            while (hosts.nextArrival() < Double.POSITIVE_INFINITY) {
                hosts.poll(hosts.nextArrival(), event -> {
                    if (event instanceof HostEvent.Row row) {
                        counts.merge(row.query().event() + " " + row.update(), 1, Integer::sum);
                    } else if (event instanceof HostEvent.Connected) {
                        counts.merge("connected", 1, Integer::sum);
                    }
                });
            }
        }
        assertEquals(
                Map.of(
                        "connected", 2,
                        "processes ADD", 4,
                        "processes REMOVE", 2,
                        "process_events ADD", 2,
                        "socket_events ADD", 2,
                        "sockets ADD", 2,
                        "sockets REMOVE", 1,
                        "user_of_process ADD", 3,
                        "user_of_process REMOVE", 1),
                counts);
    }

    private static void subscribe(RecordedHosts hosts, String event, String sql) {
        hosts.subscribe(Replay.query(event, sql, UpdateType.BOTH), Replay.EVERYONE);
    }

    private static Path resource(String name) throws URISyntaxException {
        URL url = Objects.requireNonNull(RecordedHostsTest.class.getResource(name), name);
        return Path.of(url.toURI());
    }
}
