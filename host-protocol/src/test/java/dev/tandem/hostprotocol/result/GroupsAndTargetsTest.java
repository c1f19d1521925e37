package dev.tandem.hostprotocol.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.QueryTarget;
import dev.tandem.core.host.UpdateType;
import dev.tandem.core.value.Subnet;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupsAndTargetsTest {
    private static final HostQuery USERS = Replay.query("e", "SELECT uid FROM users", UpdateType.ADD);
    private static final QueryTarget SERVERS = new QueryTarget.Group("servers");

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
    void memberByAnyAddressGetsTheGroupsQueriesWithTheWholeResultFirst() {
        replay.added(10, "h1", "users", "uid=1")
                .added(11, "h1", "interface_addresses", "interface=lo", "address=127.0.0.1")
                .added(11, "h1", "interface_addresses", "interface=eth0", "address=10.10.2.20")
                .added(12, "h2", "users", "uid=2")
                .added(13, "h2", "interface_addresses", "interface=eth0", "address=10.10.1.11")
                .added(14, "h1", "users", "uid=3")
                .open();
        replay.hosts().join(subnet("10.10.2.0/24"), "servers");
        replay.hosts().subscribe(USERS, SERVERS);
        assertEquals(List.of("h1 connected"), replay.until(10));
        assertEquals(List.of("h1 e ADD [1]"), replay.until(11));
        assertEquals(List.of("h2 connected", "h1 e ADD [3]"), replay.rest());
    }

    @Test
    void hostThatMovesChangesItsGroups() {
        replay.added(10, "h", "interface_addresses", "interface=eth0", "address=10.10.2.20")
                .added(10, "h", "users", "uid=1")
                .removed(20, "h", "interface_addresses", "interface=eth0", "address=10.10.2.20")
                .added(20, "h", "interface_addresses", "interface=eth0", "address=192.168.0.5")
                .added(21, "h", "users", "uid=2")
                .added(30, "h", "interface_addresses", "interface=eth0", "address=10.10.2.21")
                .added(31, "h", "users", "uid=3")
                .open();
        replay.hosts().join(subnet("10.10.2.0/24"), "servers");
        replay.hosts().subscribe(USERS, SERVERS);
        assertEquals(List.of("h connected", "h e ADD [1]"), replay.until(19));
        assertEquals(List.of(), replay.until(29));
        assertEquals(List.of("h e ADD [1]", "h e ADD [2]"), replay.until(30));
        assertEquals(List.of("h e ADD [3]"), replay.rest());
    }

    @Test
    void leaveTakesTheJoinBackAndALateJoinCounts() {
        replay.added(10, "h", "interface_addresses", "interface=eth0", "address=fe80::5%eth0")
                .added(10, "h", "users", "uid=1")
                .added(20, "h", "users", "uid=2")
                .added(30, "h", "users", "uid=3")
                .open();
        replay.hosts().subscribe(USERS, SERVERS);
        assertEquals(List.of("h connected"), replay.until(15));
        replay.hosts().join(subnet("fe80::/10"), "servers");
        assertEquals(List.of("h e ADD [1]"), replay.until(15));
        assertEquals(List.of("h e ADD [2]"), replay.until(20));
        replay.hosts().leave(subnet("fe80::/10"), "servers");
        assertEquals(List.of(), replay.rest());
    }

    @Test
    void hostNamedByTwoTargetsAnswersOnce() {
        replay.added(10, "h", "interface_addresses", "interface=eth0", "address=10.10.2.20")
                .added(10, "h", "users", "uid=1")
                .added(20, "h", "users", "uid=2")
                .open();
        replay.hosts().join(subnet("10.0.0.0/8"), "servers");
        replay.hosts().subscribe(USERS, SERVERS);
        replay.hosts().subscribe(USERS, new QueryTarget.OneHost("h"));
        assertEquals(List.of("h connected", "h e ADD [1]"), replay.until(15));
        replay.hosts().unsubscribe(USERS, SERVERS);
        assertEquals(List.of("h e ADD [2]"), replay.until(20));
        replay.hosts().unsubscribe(USERS, new QueryTarget.OneHost("h"));
        assertEquals(List.of(), replay.rest());
    }

    @Test
    void queriesThatDifferInEventAreTwo() {
        replay.added(10, "h", "users", "uid=1").open();
        replay.hosts().subscribe(USERS, Replay.EVERYONE);
        replay.hosts().subscribe(Replay.query("f", USERS.sql(), UpdateType.ADD), Replay.EVERYONE);
        assertEquals(List.of("h connected", "h e ADD [1]", "h f ADD [1]"), replay.rest());
    }

    @Test
    void questionToAGroupGoesToItsMembers() {
        replay.added(10, "h1", "interface_addresses", "interface=eth0", "address=10.10.2.20")
                .added(10, "h2", "interface_addresses", "interface=eth0", "address=10.10.1.11")
                .open();
        replay.hosts().join(subnet("10.10.1.0/24"), "laptops");
        replay.until(10);
        replay.hosts()
                .execute(
                        Replay.query("q", "SELECT address FROM interface_addresses", UpdateType.SNAPSHOT),
                        new QueryTarget.Group("laptops"));
        assertEquals(List.of("h2 q SNAPSHOT [10.10.1.11]", "h2 q finished 1 null"), replay.rest());
    }

    private static Subnet subnet(String text) {
        return Objects.requireNonNull(Subnet.parse(text));
    }
}
