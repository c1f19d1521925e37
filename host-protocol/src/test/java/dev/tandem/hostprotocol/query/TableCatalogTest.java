package dev.tandem.hostprotocol.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.hostprotocol.query.TableSchema.Type;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableCatalogTest {
    private final TableCatalog catalog = new TableCatalog(KnownTables.shipped());

    @Test
    void knownTablesAreThereWithoutAnyRow() {
        assertNotNull(catalog.find("mounts"));
        assertNull(catalog.find("my_query"));
    }

    @Test
    void recordedQueryBecomesATable() {
        catalog.observe("my_query", List.of("n", "word", "none"), List.of("12", "x", ""));
        assertEquals(Type.INTEGER, type("my_query", "n"));
        assertEquals(Type.TEXT, type("my_query", "word"));
        assertEquals(Type.TEXT, type("my_query", "none"));
    }

    @Test
    void oneOtherValueMakesAColumnOfNumbersText() {
        catalog.observe("my_query", List.of("n"), List.of("12"));
        catalog.observe("my_query", List.of("n"), List.of(""));
        assertEquals(Type.INTEGER, type("my_query", "n"));
        catalog.observe("my_query", List.of("n"), List.of("0x1f"));
        assertEquals(Type.TEXT, type("my_query", "n"));
        catalog.observe("my_query", List.of("n"), List.of("12"));
        assertEquals(Type.TEXT, type("my_query", "n"));
    }

    @Test
    void knownTextStaysTextAndKnownNumbersCanTurnOutText() {
        catalog.observe("socket_events", List.of("fd", "pid"), List.of("3", "18446744073709551615"));
        assertEquals(Type.TEXT, type("socket_events", "fd"));
        assertEquals(Type.TEXT, type("socket_events", "pid"));
    }

    @Test
    void recordedColumnJoinsAKnownTable() {
        catalog.observe("users", List.of("uid", "quota"), List.of("0", "5"));
        assertEquals(Type.INTEGER, type("users", "quota"));
        TableSchema users = catalog.find("users");
        assertNotNull(users);
        assertTrue(users.hasHiddenColumns());
    }

    @Test
    void tableThatWouldGetTooManyColumnsStaysAsItWas() {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 1001; i++) {
            columns.add("c" + i);
            values.add("1");
        }
        assertFalse(catalog.observe("wide", columns, values));
        assertTrue(catalog.observe("wide", columns.subList(0, 1000), values.subList(0, 1000)));
        assertTrue(catalog.observe("wide", columns.subList(0, 10), values.subList(0, 10)));
        assertFalse(catalog.observe("wide", List.of("one_more"), List.of("1")));
        assertEquals(1000, catalogColumns("wide"));
    }

    @ParameterizedTest
    @CsvSource({
        "0,true", "7,true", "-7,true", "123456789012345678,true", "1234567890123456789,false", "007,false", "-0,false",
        "1.5,false", "1e3,false", "-,false", "'',false", "+1,false", "0x1,false", "' 1',false"
    })
    void wholeNumbersAreThoseThatPrintAsTheyWereWritten(String text, boolean number) {
        assertEquals(number, TableCatalog.isWholeNumber(text));
    }

    private int catalogColumns(String table) {
        TableSchema schema = catalog.find(table);
        assertNotNull(schema);
        return schema.columns().size();
    }

    private Type type(String table, String column) {
        TableSchema schema = catalog.find(table);
        assertNotNull(schema);
        return schema.columns().get(schema.position(column)).type();
    }
}
