package dev.tandem.hostprotocol.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryPlannerTest {
    private final QueryPlanner planner = new QueryPlanner(new TableCatalog(KnownTables.shipped()));

    @AfterEach
    void close() {
        planner.close();
    }

    @Test
    void joinReadsBothTables() {
        QueryPlan plan = planner.plan("SELECT a.interface, a.address, d.mac FROM interface_addresses AS a"
                + " INNER JOIN interface_details AS d ON a.interface=d.interface;");
        assertNull(plan.error());
        assertEquals(Set.of("interface_addresses", "interface_details"), plan.reads());
        assertFalse(plan.events());
        assertFalse(plan.rowByRow());
    }

    @Test
    void namesInTextAndAliasesAreNotRead() {
        QueryPlan plan = planner.plan("SELECT pid AS users, 'process_events' FROM Processes -- FROM mounts");
        assertEquals(Set.of("processes"), plan.reads());
        assertFalse(plan.events());
    }

    @Test
    void subqueryIsRead() {
        QueryPlan plan =
                planner.plan("SELECT x FROM (SELECT 1 AS x UNION SELECT 2) WHERE x NOT IN (SELECT pid FROM processes)");
        assertNull(plan.error());
        assertEquals(Set.of("processes"), plan.reads());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pid, name FROM processes",
                "SELECT pid+1 AS n, IFNULL(uid,-1), CAST(uid AS TEXT) || 'x', uid % 7, -uid FROM processes",
                "SELECT * FROM socket_events WHERE action='connect'",
                "SELECT * FROM process_open_sockets WHERE family=2 AND local_port > 1000 AND path LIKE '%x%'",
                "SELECT pid, CASE WHEN uid=0 THEN 'root' ELSE 'user' END FROM processes WHERE uid IN (0,1)",
            })
    void plainScanTakesRowByRow(String sql) {
        QueryPlan plan = planner.plan(sql);
        assertNull(plan.error());
        assertTrue(plan.rowByRow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM processes",
                "SELECT max(pid) FROM processes",
                "SELECT DISTINCT uid FROM processes",
                "SELECT uid, count(*) FROM processes GROUP BY uid",
                "SELECT pid FROM processes LIMIT 1",
                "SELECT pid FROM processes LIMIT 1 OFFSET 1",
                "SELECT pid FROM processes ORDER BY pid",
                "SELECT pid FROM processes WHERE pid > (SELECT avg(pid) FROM processes)",
                "SELECT p.pid FROM processes p JOIN processes q ON p.parent=q.pid",
                "SELECT pid FROM processes UNION SELECT pid FROM process_open_sockets",
                "SELECT pid, row_number() OVER (ORDER BY pid) FROM processes",
                "SELECT rowid, pid FROM processes",
                "SELECT EXISTS (SELECT 1 FROM processes)",
                "SELECT 1",
            })
    void whatDependsOnOtherRowsDoesNot(String sql) {
        QueryPlan plan = planner.plan(sql);
        assertNull(plan.error());
        assertFalse(plan.rowByRow());
    }

    @Test
    void starLeavesHiddenColumnsOutUnlessOneIsNamed() {
        assertFalse(planner.plan("SELECT * FROM socket_events").sql().equals("SELECT * FROM socket_events"));
        String named = "SELECT *, eid FROM socket_events";
        assertEquals(named, planner.plan(named).sql());
        String plain = "SELECT * FROM processes";
        assertEquals(plain, planner.plan(plain).sql());
        QueryPlan with = planner.plan(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i+1 FROM n WHERE i<3)" + " SELECT * FROM n JOIN users");
        assertNull(with.error());
        assertEquals(Set.of("users"), with.reads());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT nope FROM users",
                "SELECT * FROM no_such_table",
                "SELEC",
                "SELECT FROM",
                "",
                "DROP TABLE users",
                "DELETE FROM users",
                "WITH x AS (SELECT 1) DELETE FROM users",
                "PRAGMA query_only=1",
                "ATTACH 'x.db' AS x",
                "SELECT 'unclosed FROM users",
            })
    void whatCannotRunHasAnErrorAndChangesNothing(String sql) {
        assertFalse(String.valueOf(planner.plan(sql).error()).isEmpty());
        assertTrue(planner.plan(sql).error() != null);
        assertNull(planner.plan("SELECT uid FROM users").error());
    }

    @Test
    void errorIsSqlitesOwn() {
        assertEquals(
                "no such column: nope", planner.plan("SELECT nope FROM users").error());
        assertEquals("no such table: gone", planner.plan("SELECT 1 FROM gone").error());
    }
}
