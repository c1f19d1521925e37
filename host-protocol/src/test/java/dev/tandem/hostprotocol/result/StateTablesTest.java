package dev.tandem.hostprotocol.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.host.UpdateType;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries on tables that hold a state: the difference to the last result is delivered. */
class StateTablesTest {
    /** One is answered row by row, the other as a whole: both must come to the same. */
    private static final String ROW_BY_ROW = "SELECT pid, name FROM processes WHERE uid >= 1000";

    private static final String WHOLE = ROW_BY_ROW + " ORDER BY pid";

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

    @ParameterizedTest
    @ValueSource(strings = {ROW_BY_ROW, WHOLE})
    void addedAndRemovedRowsComeAsSuch(String sql) {
        replay.added(10, "h", "processes", "pid=1", "name=init", "uid=0")
                .added(10, "h", "processes", "pid=7", "name=sh", "uid=1000")
                .removed(20, "h", "processes", "pid=7", "name=sh", "uid=1000")
                .added(20, "h", "processes", "pid=8", "name=vi", "uid=1001")
                .subscribe(sql, UpdateType.BOTH);
        assertEquals(List.of("h connected", "h e ADD [7, sh]"), replay.until(10));
        assertEquals(List.of("h e REMOVE [7, sh]", "h e ADD [8, vi]"), replay.rest());
        assertEquals(List.of("pid", "name"), replay.lastRow().columns());
    }

    @ParameterizedTest
    @ValueSource(strings = {ROW_BY_ROW, WHOLE})
    void changeThatTheQueryDoesNotShowIsNone(String sql) {
        replay.added(10, "h", "processes", "pid=7", "name=sh", "uid=1000", "state=S")
                .removed(20, "h", "processes", "pid=7", "name=sh", "uid=1000", "state=S")
                .added(20, "h", "processes", "pid=7", "name=sh", "uid=1000", "state=R")
                .subscribe(sql, UpdateType.BOTH);
        replay.until(10);
        assertEquals(List.of(), replay.rest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT name FROM processes", "SELECT name FROM processes ORDER BY name"})
    void equalRowsAreCounted(String sql) {
        replay.added(10, "h", "processes", "pid=1", "name=sh")
                .added(10, "h", "processes", "pid=2", "name=sh")
                .removed(20, "h", "processes", "pid=1", "name=sh")
                .removed(30, "h", "processes", "pid=2", "name=sh")
                .subscribe(sql, UpdateType.BOTH);
        assertEquals(List.of("h connected", "h e ADD [sh]", "h e ADD [sh]"), replay.until(10));
        assertEquals(List.of("h e REMOVE [sh]"), replay.until(20));
        assertEquals(List.of("h e REMOVE [sh]"), replay.until(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {ROW_BY_ROW, WHOLE})
    void wholeSnapshotReplacesWhatWasThere(String sql) {
        String first =
                Replay.object("pid=7", "name=sh", "uid=1000") + "," + Replay.object("pid=8", "name=vi", "uid=1000");
        String second =
                Replay.object("pid=8", "name=vi", "uid=1000") + "," + Replay.object("pid=9", "name=ls", "uid=1000");
        replay.line(10, "h", "processes", "'snapshot':[" + first + "],'action':'snapshot'")
                .line(20, "h", "processes", "'snapshot':[" + second + "],'action':'snapshot'")
                .line(30, "h", "processes", "'snapshot':[],'action':'snapshot'")
                .subscribe(sql, UpdateType.BOTH);
        assertEquals(List.of("h connected", "h e ADD [7, sh]", "h e ADD [8, vi]"), replay.until(10));
        assertEquals(List.of("h e REMOVE [7, sh]", "h e ADD [9, ls]"), replay.until(20));
        assertEquals(List.of("h e REMOVE [8, vi]", "h e REMOVE [9, ls]"), replay.until(30));
    }

    @Test
    void snapshotToldRowByRowReplacesTheOneBefore() {
        for (String[] row : new String[][] {{"10", "1"}, {"10", "2"}, {"20", "2"}, {"20", "3"}}) {
            replay.line(
                    Double.parseDouble(row[0]),
                    "h",
                    "processes",
                    Replay.columns("pid=" + row[1]) + ",'action':'snapshot'");
        }
        replay.subscribe("SELECT pid FROM processes", UpdateType.BOTH);
        assertEquals(List.of("h connected", "h e ADD [1]", "h e ADD [2]"), replay.until(10));
        assertEquals(List.of("h e REMOVE [1]", "h e ADD [3]"), replay.until(20));
    }

    @Test
    void counterBackAtZeroMeansAWholeResult() {
        replay.line(10, "h", "users", "'counter':0," + Replay.columns("uid=1") + ",'action':'added'")
                .line(10, "h", "users", "'counter':0," + Replay.columns("uid=2") + ",'action':'added'")
                .line(20, "h", "users", "'counter':1," + Replay.columns("uid=3") + ",'action':'added'")
                .line(30, "h", "users", "'counter':0," + Replay.columns("uid=1") + ",'action':'added'")
                .line(30, "h", "users", "'counter':0," + Replay.columns("uid=3") + ",'action':'added'")
                .subscribe("SELECT uid FROM users", UpdateType.BOTH);
        assertEquals(List.of("h connected", "h e ADD [1]", "h e ADD [2]", "h e ADD [3]"), replay.until(20));
        assertEquals(List.of("h e REMOVE [2]"), replay.rest());
    }

    @Test
    void counterThatIsAlwaysZeroMeansNothing() {
        replay.line(10, "h", "users", "'counter':0," + Replay.columns("uid=1") + ",'action':'added'")
                .line(20, "h", "users", "'counter':0," + Replay.columns("uid=2") + ",'action':'added'")
                .subscribe("SELECT uid FROM users", UpdateType.BOTH);
        assertEquals(List.of("h connected", "h e ADD [1]", "h e ADD [2]"), replay.rest());
    }

    @Test
    void subscriberGetsTheUpdatesAskedFor() {
        replay.added(10, "h", "users", "uid=1")
                .removed(20, "h", "users", "uid=1")
                .added(20, "h", "users", "uid=2");
        RecordedHosts hosts = replay.open();
        hosts.subscribe(Replay.query("add", "SELECT uid FROM users", UpdateType.ADD), Replay.EVERYONE);
        hosts.subscribe(Replay.query("remove", "SELECT uid FROM users", UpdateType.REMOVE), Replay.EVERYONE);
        assertEquals(List.of("h connected", "h add ADD [1]", "h add ADD [2]", "h remove REMOVE [1]"), replay.rest());
    }

    @Test
    void snapshotSubscriberGetsWholeResultsNotBeforeTheIntervalIsOver() {
        replay.added(10, "h", "users", "uid=1")
                .added(15, "h", "users", "uid=2")
                .added(21, "h", "system_info", "hostname=x")
                .added(22, "h", "users", "uid=3")
                .subscribe("SELECT uid FROM users", UpdateType.SNAPSHOT);
        assertEquals(List.of("h connected", "h e SNAPSHOT [1]"), replay.until(10));
        assertEquals(List.of(), replay.until(20));
        assertEquals(List.of("h e SNAPSHOT [1]", "h e SNAPSHOT [2]"), replay.until(21));
        assertEquals(List.of(), replay.until(30));
        assertEquals(List.of("h e SNAPSHOT [1]", "h e SNAPSHOT [2]", "h e SNAPSHOT [3]"), replay.rest());
    }

    @Test
    void lateSubscriptionStartsWithTheWholeResult() {
        replay.added(10, "h", "users", "uid=1").added(20, "h", "users", "uid=2").open();
        assertEquals(List.of("h connected"), replay.until(15));
        replay.subscribe("SELECT uid FROM users", UpdateType.ADD);
        assertEquals(15.0, replay.hosts().nextArrival());
        assertEquals(List.of("h e ADD [1]"), replay.until(15));
        assertEquals(15.0, replay.lastRow().arrivalTime());
        assertEquals(10.0, replay.lastRow().hostTime());
        assertEquals(List.of("h e ADD [2]"), replay.rest());
    }

    @Test
    void subscriptionEndsAndStartsAnew() {
        replay.added(10, "h", "users", "uid=1").added(20, "h", "users", "uid=2").added(30, "h", "users", "uid=3");
        replay.subscribe("SELECT uid FROM users", UpdateType.ADD);
        replay.until(10);
        replay.hosts().unsubscribe(Replay.query("e", "SELECT uid FROM users", UpdateType.ADD), Replay.EVERYONE);
        assertEquals(List.of(), replay.until(20));
        replay.subscribe("SELECT uid FROM users", UpdateType.ADD);
        assertEquals(List.of("h e ADD [1]", "h e ADD [2]", "h e ADD [3]"), replay.rest());
    }

    @Test
    void joinIsAnsweredWhenTheFirstRowsOfBothTablesAreThere() {
        replay.added(10, "h", "interface_addresses", "interface=eth0", "address=10.0.0.1")
                .added(11, "h", "interface_details", "interface=eth0", "mac=02:00:00:00:00:01")
                .removed(30, "h", "interface_addresses", "interface=eth0", "address=10.0.0.1")
                .subscribe(
                        "SELECT a.interface, a.address, d.mac FROM interface_addresses a LEFT JOIN interface_details d"
                                + " ON a.interface=d.interface;",
                        UpdateType.BOTH);
        assertEquals(List.of("h connected"), replay.until(10));
        assertEquals(List.of("h e ADD [eth0, 10.0.0.1, 02:00:00:00:00:01]"), replay.until(11));
        assertEquals(List.of("h e REMOVE [eth0, 10.0.0.1, 02:00:00:00:00:01]"), replay.rest());
        assertEquals(List.of("interface", "address", "mac"), replay.lastRow().columns());
    }

    @Test
    void expressionsMeanWhatTheyMeanToSqlite() {
        replay.added(10, "h", "users", "uid=1000", "gid=", "username=", "shell=/bin/sh")
                .subscribe(
                        "SELECT uid+1 AS next, IFNULL(gid,-1), username, description, CAST(uid AS TEXT)||'x' u, uid/16.0 FROM users"
                                + " WHERE uid > 999 AND uid = '1000' AND shell LIKE '%SH'",
                        UpdateType.ADD);
        assertEquals(List.of("h connected", "h e ADD [1001, -1, , null, 1000x, 62.5]"), replay.rest());
        assertEquals(
                List.of("next", "IFNULL(gid,-1)", "username", "description", "u", "uid/16.0"),
                replay.lastRow().columns());
    }

    @Test
    void recordedQueryUnderAnyNameFeedsItsTable() {
        replay.added(10, "h", "pack_base_ports", "pid=1", "port=22", "protocol=6", "family=2", "address=0.0.0.0")
                .added(10, "h", "my_own", "number=5", "thing=x")
                .open();
        replay.subscribe("SELECT port FROM listening_ports", UpdateType.ADD);
        replay.hosts()
                .subscribe(
                        Replay.query("own", "SELECT thing FROM my_own WHERE number>4", UpdateType.ADD),
                        Replay.EVERYONE);
        assertEquals(List.of("h connected", "h e ADD [22]", "h own ADD [x]"), replay.rest());
    }

    @Test
    void hostsDoNotMix() {
        replay.added(10, "h1", "users", "uid=1")
                .added(11, "h2", "users", "uid=1")
                .removed(12, "h1", "users", "uid=1")
                .subscribe("SELECT uid FROM users", UpdateType.BOTH);
        assertEquals(
                List.of("h1 connected", "h1 e ADD [1]", "h2 connected", "h2 e ADD [1]", "h1 e REMOVE [1]"),
                replay.rest());
    }

    @Test
    void removedRowThatWasNeverThereIsNothing() {
        replay.removed(10, "h", "users", "uid=1").subscribe("SELECT uid FROM users", UpdateType.BOTH);
        assertEquals(List.of("h connected"), replay.rest());
    }

    @Test
    void rowByRowAndWholeAnswersAddUpToTheSame() {
        long seed = 870;
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            String[] row = {"pid=" + random.nextInt(9), "name=n" + random.nextInt(2), "uid=" + 500 * random.nextInt(4)};
            double time = 10 + i / 5;
            switch (random.nextInt(20)) {
                case 0 ->
                    replay.line(time, "h", "processes", "'snapshot':[" + Replay.object(row) + "],'action':'snapshot'");
                case 1, 2, 3, 4, 5, 6, 7, 8 -> replay.removed(time, "h", "processes", row);
                default -> replay.added(time, "h", "processes", row);
            }
        }
        replay.open();
        replay.hosts().subscribe(Replay.query("part", ROW_BY_ROW, UpdateType.BOTH), Replay.EVERYONE);
        replay.hosts().subscribe(Replay.query("whole", WHOLE, UpdateType.BOTH), Replay.EVERYONE);
        int rows = 0;
        while (replay.hosts().nextArrival() < Double.POSITIVE_INFINITY) {
            List<String> got = replay.until(replay.hosts().nextArrival());
            assertEquals(sorted(got, " whole "), sorted(got, " part "), "seed " + seed);
            rows += got.size();
        }
        assertTrue(rows > 1000, rows + " rows");
    }

    private static List<String> sorted(List<String> got, String event) {
        return got.stream()
                .filter(text -> text.contains(event))
                .map(text -> text.replace(event, " "))
                .sorted()
                .toList();
    }

    @Test
    void tableThatNothingIsRecordedOfIsEmpty() {
        replay.added(10, "h", "users", "uid=1").subscribe("SELECT device FROM mounts", UpdateType.BOTH);
        assertEquals(List.of("h connected"), replay.rest());
    }
}
