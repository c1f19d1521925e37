package dev.tandem.hostprotocol.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Subnet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostGroupsTest {
    private final HostGroups groups = new HostGroups();

    @Test
    void anyAddressInTheRangeMakesAMember() {
        groups.join(subnet("10.10.2.0/24"), "servers");
        groups.join(subnet("fd00::/16"), "six");
        assertEquals(Set.of("servers"), groups.of(List.of(addr("127.0.0.1"), addr("10.10.2.7"))));
        assertEquals(Set.of("six"), groups.of(List.of(addr("fd00::1"))));
        assertEquals(Set.of(), groups.of(List.of(addr("10.10.3.1"))));
        assertEquals(Set.of(), groups.of(List.of()));
    }

    @Test
    void groupStaysWhileOneRangeGivesIt() {
        assertTrue(groups.join(subnet("10.0.0.0/8"), "all"));
        assertTrue(groups.join(subnet("10.1.0.0/16"), "all"));
        assertFalse(groups.join(subnet("10.1.0.0/16"), "all"));
        assertTrue(groups.leave(subnet("10.0.0.0/8"), "all"));
        assertEquals(Set.of("all"), groups.of(List.of(addr("10.1.1.1"))));
        assertTrue(groups.leave(subnet("10.1.0.0/16"), "all"));
        assertEquals(Set.of(), groups.of(List.of(addr("10.1.1.1"))));
        assertFalse(groups.leave(subnet("10.1.0.0/16"), "all"));
    }

    private static Addr addr(String text) {
        return Objects.requireNonNull(Addr.parse(text));
    }

    private static Subnet subnet(String text) {
        return Objects.requireNonNull(Subnet.parse(text));
    }
}
