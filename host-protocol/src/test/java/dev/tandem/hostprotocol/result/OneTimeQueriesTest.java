package dev.tandem.hostprotocol.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.QueryTarget;
import dev.tandem.core.host.UpdateType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries asked once, and queries that cannot run. */
class OneTimeQueriesTest {
    private static final String SOCKETS =
            "SELECT s.pid, p.name FROM process_open_sockets s LEFT JOIN processes p" + " ON s.pid=p.pid WHERE 1=1";

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
    void answerIsTheStateOfThatTime() {
        replay.added(10, "h", "processes", "pid=1", "name=init")
                .added(10, "h", "process_open_sockets", "pid=1", "fd=3")
                .added(20, "h", "process_open_sockets", "pid=2", "fd=3")
                .added(40, "h", "users", "uid=0");
        replay.until(10);
        replay.hosts().execute(ask(SOCKETS), Replay.EVERYONE);
        assertEquals(List.of("h q SNAPSHOT [1, init]", "h q finished 1 null"), replay.until(15));
        replay.until(20);
        replay.hosts().execute(ask(SOCKETS), Replay.EVERYONE);
        assertEquals(
                List.of("h q SNAPSHOT [1, init]", "h q SNAPSHOT [2, null]", "h q finished 2 null"), replay.until(30));
        HostEvent.Row row = (HostEvent.Row) replay.events.get(replay.events.size() - 2);
        assertEquals(20.0, row.arrivalTime());
        assertEquals(20.0, row.hostTime());
        assertEquals("c1", row.query().cookie());
    }

    @Test
    void questionAtTheFirstLineWaitsForTheFirstRowsOfItsTables() {
        replay.added(10, "h", "system_info", "hostname=x")
                .added(11, "h", "process_open_sockets", "pid=1", "fd=3")
                .added(12, "h", "processes", "pid=1", "name=init")
                .open();
        assertEquals(List.of("h connected"), replay.until(10));
        replay.hosts().execute(ask(SOCKETS), new QueryTarget.OneHost("h"));
        replay.hosts().execute(ask("SELECT device FROM mounts"), new QueryTarget.OneHost("h"));
        assertEquals(List.of("h q finished 0 null"), replay.until(11));
        assertEquals(List.of("h q SNAPSHOT [1, init]", "h q finished 1 null"), replay.until(12));
    }

    @Test
    void questionCanBeAskedWhileAnswersAreDelivered() {
        replay.added(10, "h", "users", "uid=1").open();
        List<String> got = new ArrayList<>();
        replay.hosts().poll(10, event -> {
            got.add(event.getClass().getSimpleName());
            if (event instanceof HostEvent.Connected c) {
                replay.hosts().execute(ask("SELECT uid FROM users"), new QueryTarget.OneHost(c.hostId()));
            }
        });
        assertEquals(List.of("Connected", "Row", "Finished"), got);
    }

    @Test
    void onlyHostsThatAreThereAndMeantAreAsked() {
        replay.added(10, "h1", "users", "uid=1")
                .added(11, "h2", "users", "uid=2")
                .added(20, "h3", "users", "uid=3")
                .open();
        replay.until(15);
        replay.hosts().execute(ask("SELECT uid FROM users"), new QueryTarget.OneHost("h2"));
        replay.hosts().execute(ask("SELECT uid FROM users"), new QueryTarget.OneHost("h3"));
        replay.hosts().execute(ask("SELECT uid FROM users"), new QueryTarget.OneHost("nobody"));
        assertEquals(List.of("h2 q SNAPSHOT [2]", "h2 q finished 1 null"), replay.until(15));
        replay.hosts().execute(ask("SELECT uid FROM users"), Replay.EVERYONE);
        assertEquals(
                List.of(
                        "h1 q SNAPSHOT [1]",
                        "h1 q finished 1 null",
                        "h2 q SNAPSHOT [2]",
                        "h2 q finished 1 null",
                        "h3 connected"),
                replay.rest());
    }

    @Test
    void questionThatFailsSaysWhy() {
        replay.added(10, "h", "users", "uid=1").open();
        replay.until(10);
        replay.hosts().execute(ask("SELECT nope FROM users"), Replay.EVERYONE);
        replay.hosts().execute(ask("SELECT abs(-9223372036854775808) FROM users"), Replay.EVERYONE);
        assertEquals(
                List.of("h q finished 0 no such column: nope", "h q finished 0 integer overflow"), replay.until(10));
    }

    @Test
    void questionWithoutEndIsStopped() {
        replay.added(10, "h", "users", "uid=1").open();
        replay.until(10);
        replay.hosts()
                .execute(
                        ask("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT max(i) FROM n"),
                        Replay.EVERYONE);
        assertEquals(List.of("h q finished 0 interrupted"), replay.until(10));
        replay.hosts().execute(ask("SELECT uid FROM users"), Replay.EVERYONE);
        assertEquals(List.of("h q SNAPSHOT [1]", "h q finished 1 null"), replay.until(10));
    }

    @Test
    void subscriptionThatCannotRunIsToldOfOnceAndOthersGoOn() {
        replay.added(10, "h1", "users", "uid=1")
                .added(11, "h2", "users", "uid=2")
                .open();
        replay.hosts().subscribe(Replay.query("bad", "SELECT 1 FROM no_such_table", UpdateType.ADD), Replay.EVERYONE);
        replay.subscribe("SELECT uid FROM users", UpdateType.ADD);
        assertEquals(
                List.of(
                        "h1 connected",
                        "h1 bad finished 0 no such table: no_such_table",
                        "h1 e ADD [1]",
                        "h2 connected",
                        "h2 e ADD [2]"),
                replay.rest());
    }

    @Test
    void subscriptionThatFailsOnARowIsToldOfOnce() {
        replay.added(10, "h", "users", "uid=1", "username=a")
                .added(20, "h", "users", "uid=2", "username={}")
                .added(30, "h", "users", "uid=3", "username=b")
                .subscribe("SELECT uid FROM users WHERE json_extract(username,'$.x') IS NULL", UpdateType.ADD);
        assertEquals(List.of("h connected", "h e finished 0 malformed JSON"), replay.until(10));
        assertEquals(List.of(), replay.rest());
    }

    private static HostQuery ask(String sql) {
        return new HostQuery("q", sql, UpdateType.SNAPSHOT, 0, "c1", "");
    }
}
