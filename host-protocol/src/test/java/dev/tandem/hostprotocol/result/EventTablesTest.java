package dev.tandem.hostprotocol.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.host.UpdateType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries on tables of events: each row comes once, as ADD. */
class EventTablesTest {
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
    void eachRowComesOnceEvenIfItEqualsAnother() {
        replay.added(10, "h", "process_events", "pid=7", "path=/bin/ls", "uid=1000", "time=9")
                .added(10, "h", "process_events", "pid=7", "path=/bin/ls", "uid=1000", "time=9")
                .added(20, "h", "process_events", "pid=8", "path=/bin/vi", "uid=0", "time=19")
                .subscribe("SELECT pid, path FROM process_events WHERE uid > 999", UpdateType.BOTH);
        assertEquals(List.of("h connected", "h e ADD [7, /bin/ls]", "h e ADD [7, /bin/ls]"), replay.rest());
    }

    @Test
    void hostTimeIsTheEventsOwnEvenIfTheQueryLeavesItOut() {
        replay.added(10, "h", "socket_events", "pid=7", "time=8")
                .added(11, "h", "socket_events", "pid=8")
                .added(12, "h", "socket_events", "pid=9", "time=0")
                .subscribe("SELECT pid FROM socket_events", UpdateType.ADD);
        replay.until(10);
        assertEquals(8.0, replay.lastRow().hostTime());
        assertEquals(10.0, replay.lastRow().arrivalTime());
        replay.until(11);
        assertEquals(11.0, replay.lastRow().hostTime());
        replay.until(12);
        assertEquals(12.0, replay.lastRow().hostTime());
    }

    @Test
    void subscribersOfRemovalsGetNoneAndOfSnapshotsEachRow() {
        replay.added(10, "h", "process_events", "pid=7");
        replay.open();
        replay.hosts()
                .subscribe(Replay.query("r", "SELECT pid FROM process_events", UpdateType.REMOVE), Replay.EVERYONE);
        replay.hosts()
                .subscribe(Replay.query("s", "SELECT pid FROM process_events", UpdateType.SNAPSHOT), Replay.EVERYONE);
        assertEquals(List.of("h connected", "h s SNAPSHOT [7]"), replay.rest());
    }

    @Test
    void removedLineOfAnEventTableIsNothing() {
        replay.removed(10, "h", "process_events", "pid=7").subscribe("SELECT pid FROM process_events", UpdateType.BOTH);
        assertEquals(List.of("h connected"), replay.rest());
    }

    @Test
    void eventJoinsTheStateOfItsTime() {
        replay.added(10, "h", "users", "uid=1000", "username=ann")
                .added(20, "h", "process_events", "pid=7", "uid=1000")
                .removed(30, "h", "users", "uid=1000", "username=ann")
                .added(40, "h", "process_events", "pid=8", "uid=1000")
                .subscribe(
                        "SELECT p.pid, u.username FROM process_events p LEFT JOIN users u USING (uid)",
                        UpdateType.BOTH);
        assertEquals(List.of("h connected", "h e ADD [7, ann]", "h e ADD [8, null]"), replay.rest());
    }

    @Test
    void queryOfTwoEventTablesTakesTheRowsOfBoth() {
        replay.added(10, "h", "process_events", "pid=7")
                .added(20, "h", "socket_events", "pid=8")
                .subscribe(
                        "SELECT 'p', pid FROM process_events UNION ALL SELECT 's', pid FROM socket_events",
                        UpdateType.ADD);
        assertEquals(List.of("h connected", "h e ADD [p, 7]", "h e ADD [s, 8]"), replay.rest());
    }

    @Test
    void starLeavesHiddenColumnsOut() {
        replay.added(10, "h", "socket_events", "action=connect", "pid=7", "fd=1f", "eid=0001", "protocol=0")
                .subscribe("SELECT * FROM socket_events WHERE action='connect'", UpdateType.ADD);
        replay.rest();
        assertEquals(
                List.of(
                        "action",
                        "pid",
                        "path",
                        "fd",
                        "auid",
                        "family",
                        "local_address",
                        "remote_address",
                        "local_port",
                        "remote_port",
                        "time",
                        "uptime",
                        "status"),
                replay.lastRow().columns());
        assertEquals(
                "[connect, 7, null, 1f, null, null, null, null, null, null, null, null, null]",
                replay.lastRow().values().toString());
    }

    @Test
    void hiddenColumnIsThereByName() {
        replay.added(10, "h", "socket_events", "pid=7", "eid=0001")
                .subscribe("SELECT eid FROM socket_events", UpdateType.ADD);
        assertEquals(List.of("h connected", "h e ADD [0001]"), replay.rest());
    }

    @Test
    void lateSubscriberMissesWhatHasBeen() {
        replay.added(10, "h", "process_events", "pid=7")
                .added(20, "h", "process_events", "pid=8")
                .open();
        replay.until(10);
        replay.subscribe("SELECT pid FROM process_events", UpdateType.ADD);
        assertEquals(List.of("h e ADD [8]"), replay.rest());
    }
}
