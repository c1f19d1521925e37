package dev.tandem.core.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.host.SocketTable.FiveTuple;
import dev.tandem.core.value.Addr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a host at a time. */
class HostStateTest {
    private static Addr addr(String text) {
        return Objects.requireNonNull(Addr.parse(text));
    }

    private static ProcessInfo process(int pid, String path, long uid, double since) {
        return new ProcessInfo(pid, path, path, uid, uid, 1, since, Double.POSITIVE_INFINITY);
    }

    /** Whatever the order of the rows, a time belongs to the last that began before it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void reusedNumberIsTheProcessOfItsTime(long seed) {
        Random random = new Random(seed);
        ProcessTable table = new ProcessTable();
        List<Integer> lives = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
        Collections.shuffle(lives, random);
        for (int i : lives) {
            table.started(process(7, "/bin/p" + i, 1000 + i, 100.0 * (i + 1)), false);
        }
        for (int i = 0; i < 100; i++) {
            double time = 102 + random.nextDouble() * 590;
            ProcessInfo found = known(table.at(7, time, "", -1));
            double since = Math.floor(time / 100) * 100;
            // Stamps are in whole seconds: who began a second later may be meant.
            if (time % 100 < 98.9) {
                assertEquals(since, found.since(), "seed " + seed + " at " + time);
            }
        }
    }

    private static ProcessInfo known(@Nullable ProcessInfo p) {
        assertNotNull(p);
        return p;
    }

    @Test
    void whatRunsForWeeksIsKnownUntilItsHostSaysThatItIsGone() {
        Host host = new HostInventory().host("h");
        host.processes().running(process(7, "/usr/sbin/daemon", 0, 1000));
        host.processes().started(process(8, "/bin/short", 0, 1000), false);
        host.expire(1000 + 20 * 86400);
        assertEquals(
                "/usr/sbin/daemon",
                known(host.processes().at(7, 20 * 86400, "", -1)).path());
        assertEquals(1, host.processes().size());
        host.processes().gone(7, 20 * 86400);
        host.expire(22 * 86400);
        assertEquals(0, host.processes().size());
    }

    @Test
    void treeGoesBackToTheFirstAndEndsInRings() {
        ProcessTable table = new ProcessTable();
        table.started(new ProcessInfo(2, "/bin/sh", "sh", 0, -1, 1, 10, Double.POSITIVE_INFINITY), false);
        table.started(new ProcessInfo(3, "/bin/sh", "", 0, -1, 2, 11, Double.POSITIVE_INFINITY), true);
        table.started(new ProcessInfo(1, "/sbin/init", "init", 0, -1, 3, 1, Double.POSITIVE_INFINITY), false);
        assertEquals(
                List.of(3, 2, 1),
                table.tree(3, 20).stream().map(ProcessInfo::pid).toList());
        assertEquals("sh", table.tree(3, 20).get(0).cmdline(), "a child runs its parent's program");
    }

    @Test
    void socketIsItsHoldersWhileItWasOpen() {
        SocketTable table = new SocketTable();
        FiveTuple socket = new FiveTuple(6, addr("10.0.0.1"), 4000, addr("10.0.0.2"), 80);
        table.opened(socket, 5, 100);
        table.closed(socket, 5, 110);
        table.opened(socket, 6, 200);
        assertEquals(List.of(5), table.holders(socket, 90, 150));
        assertEquals(List.of(6), table.holders(socket, 150, 250));
        assertEquals(List.of(), table.holders(socket, 120, 190));
        assertEquals(List.of(5, 6), table.holders(socket, 0, 1000));
    }

    @Test
    void leaseThatMovesBelongsToWhoHadItThen() {
        AddressOwners owners = new AddressOwners();
        Addr a = addr("10.0.0.9");
        assertTrue(owners.added("one", a, 100));
        owners.removed("one", a, 200);
        assertTrue(owners.added("two", a, 205));
        assertEquals(List.of("one"), owners.of(a, 150, 151));
        assertEquals(List.of("two"), owners.of(a, 300, 301));
        assertEquals(List.of("one"), owners.of(addr("::ffff:10.0.0.9"), 150, 151), "mapped is the same");
    }

    @Test
    void addressesThatEveryHostHasAreNoOnes() {
        AddressOwners owners = new AddressOwners();
        for (String text :
                List.of("127.0.0.1", "::1", "0.0.0.0", "::", "fe80::1", "169.254.3.4", "224.0.0.1", "ff02::1")) {
            owners.added("one", addr(text), 1);
            assertEquals(List.of(), owners.of(addr(text), 0, 10), text);
        }
    }

    @Test
    void clockIsBelievedWithinWhatRowsAllow() {
        HostClock clock = new HostClock();
        clock.told(1000, 1060);
        assertEquals(0, clock.behind(), "a row that took a minute does not make a clock slow");
        clock.told(1100, 1103.2);
        clock.hadBegun(1099.5, 1095);
        clock.hadBegun(1099.6, 1095);
        assertEquals(0, clock.behind(), "two may be mistaken");
        clock.hadBegun(1099.4, 1095);
        assertEquals(3.2, clock.behind(), 0.01, "but no more than the shortest way");
    }
}
