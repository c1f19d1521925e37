package dev.tandem.hostprotocol.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.hostprotocol.query.TableSchema.Column;
import dev.tandem.hostprotocol.query.TableSchema.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownTablesTest {
    private final KnownTables tables = KnownTables.shipped();

    @Test
    void columnsHaveTypesAndMayBeHidden() {
        TableSchema sockets = tables.find("socket_events");
        assertNotNull(sockets);
        assertEquals(new Column("pid", Type.INTEGER, false), sockets.columns().get(sockets.position("pid")));
        assertEquals(new Column("eid", Type.TEXT, true), sockets.columns().get(sockets.position("eid")));
        assertEquals(-1, sockets.position("nope"));
    }

    @Test
    void noTableHasAColumnTwice() {
        for (TableSchema table : tables.all()) {
            Set<String> names = new HashSet<>();
            table.columns().forEach(c -> assertTrue(names.add(c.name()), table.name() + "." + c.name()));
            assertFalse(names.isEmpty(), table.name());
        }
    }

    @Test
    void onlyEventTablesAreEventTables() {
        assertTrue(TableSchema.isEvents("process_events"));
        assertTrue(TableSchema.isEvents("bpf_process_events_v2"));
        assertFalse(TableSchema.isEvents("processes"));
        assertFalse(TableSchema.isEvents("osquery_events"));
    }

    @Test
    void queryNamedAsATableSelectsFromIt() {
        assertEquals("users", selectedBy("users", "uid", "made_up"));
    }

    @Test
    void queryOfAPackSelectsFromTheTableItsNameEndsIn() {
        assertEquals("process_events", selectedBy("pack_base_process_events", "pid", "path"));
        assertEquals("processes", selectedBy("pack/base/processes", "pid", "path"));
    }

    @Test
    void otherQueriesSelectFromTheFirstTableWithTheirColumns() {
        assertEquals("interface_addresses", selectedBy("tandem_ifaddr", "interface", "address", "mask"));
        assertEquals("interface_details", selectedBy("tandem_ifmac", "interface", "mac"));
        assertEquals("listening_ports", selectedBy("tandem_listening", "pid", "port", "protocol", "family", "address"));
        assertEquals("logged_in_users", selectedBy("tandem_logged_in", "type", "user", "tty", "host", "time", "pid"));
        assertEquals(
                "process_events", selectedBy("p", "pid", "path", "cmdline", "cwd", "uid", "gid", "time", "parent"));
        assertNull(selectedBy("computed", "pid", "start"));
        assertNull(selectedBy("nothing"));
    }

    private @Nullable String selectedBy(String query, String... columns) {
        TableSchema table = tables.selectedBy(query, List.of(columns));
        return table == null ? null : table.name();
    }
}
