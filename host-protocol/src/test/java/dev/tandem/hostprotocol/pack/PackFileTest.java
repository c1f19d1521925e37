package dev.tandem.hostprotocol.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackFileTest {
    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    @Test
    void aPackIsServedAsItsFileSays() throws Exception {
        Path file = file("web.conf", """
            {
              // what osquery takes too
              "platform": "linux,darwin", "version": "5.0.1", "shard": "50",
              "discovery": ["SELECT pid FROM processes \\
                 WHERE name = 'nginx'"],
              "oncall": "web",
              "queries": {
                "z": {"query": "SELECT 1", "interval": "60", "description": "d", "value": "v", "note": 1},
                "a": {"query": "SELECT 2", "interval": 5, "snapshot": true, "removed": false, "platform": "windows"}
              },
              "file_paths": {"etc": ["/etc/%%"]}
            }
            """);
        assertEquals(
                "{\"packs\":{\"web\":{\"platform\":\"linux,darwin\",\"version\":\"5.0.1\",\"shard\":\"50\","
                        + "\"discovery\":[\"SELECT pid FROM processes      WHERE name = 'nginx'\"],"
                        + "\"queries\":{\"z\":{\"query\":\"SELECT 1\",\"interval\":\"60\",\"description\":\"d\",\"value\":\"v\"},"
                        + "\"a\":{\"query\":\"SELECT 2\",\"interval\":5,\"snapshot\":true,\"removed\":false,\"platform\":\"windows\"}},"
                        + "\"file_paths\":{\"etc\":[\"/etc/%%\"]}}}}",
                text(read(PackFile.of(file))));
        assertEquals(
                List.of(
                        file + ": query z: \"note\" is nothing that osquery knows, and is left out",
                        file + ": \"oncall\" is nothing that osquery knows, and is left out"),
                notes.stream().sorted(java.util.Comparator.reverseOrder()).toList());
    }

    @Test
    void everyFaultIsToldAtOnceWithItsPlaceAndCure() throws Exception {
        Path bad = file("bad.json", """
            {"platform": "linus", "version": 5, "shard": 200, "discovery": "SELECT 1",
             "queries": {"a": {"query": "SELEC 1", "interval": 10}, "b": {"query": "SELECT 1"}, "c": 7,
               "d": {"query": "", "interval": 604801, "snapshot": "yes"}}}
            """);
        Path broken = file("broken.json", "{\n \"queries\": {,}}");
        Path twice = file("twice.json", "{\"queries\":{\"a\":{},\"a\":{}}}");
        Path empty = file("empty.json", "{}");
        IOException e = assertThrows(
                IOException.class,
                () -> read(
                        PackFile.of(bad),
                        PackFile.of(broken),
                        PackFile.of(twice),
                        PackFile.of(empty),
                        PackFile.of(folder.resolve("none.json")),
                        new PackFile("main", bad, Set.of()),
                        PackFile.of(folder.resolve("sub/bad.conf"))));
        List<String> told = List.of(e.getMessage().split("\n"));
        assertEquals(
                List.of(
                        bad
                                + ": platform \"linus\" is none that osquery knows: say posix, linux, darwin, windows, freebsd"
                                + " or all",
                        bad + ": \"version\" is 5: give the oldest osquery that will do, such as \"5.0.1\"",
                        bad + ": \"shard\" is 200: give a number from 1 to 100",
                        bad + ": \"discovery\" is not a list: give the queries in [ ]",
                        bad + ": query a: no SQL: correct the SQL",
                        bad + ": query b: has no \"interval\": give a number from 1 to 604800",
                        bad + ": query c: is not an object: give {\"query\": \"SELECT ...\", \"interval\": SECONDS}",
                        bad + ": query d: has no \"query\": give its SQL",
                        bad + ": query d: \"interval\" is 604801: give a number from 1 to 604800",
                        bad + ": query d: \"snapshot\" is \"yes\": say true or false"),
                told.subList(0, 10));
        assertTrue(told.get(10).startsWith(broken + ":2:"), told.get(10));
        assertTrue(told.get(11).startsWith(twice + ":1:"), told.get(11));
        assertEquals(empty + ": has no \"queries\": give an object with a query for each name", told.get(12));
        assertTrue(told.get(13).startsWith(folder.resolve("none.json") + ": cannot read the pack: "), told.get(13));
        assertTrue(told.get(14).startsWith(bad + ": a pack cannot be called main"), told.get(14));
        assertTrue(told.get(15).endsWith("bad.conf: there is a pack bad already: rename one of them"), told.get(15));
        assertEquals(16, told.size());
    }

    @Test
    void linesAreOfAQueryWhateverTheHostsDelimiter() throws Exception {
        Path file = file("it_compliance.conf", "{\"queries\":{\"disk_enc\":{\"query\":\"SELECT 1\",\"interval\":9}}}");
        QueryPacks packs = read(PackFile.of(file));
        PackQuery query = new PackQuery("it_compliance", "disk_enc");
        for (String name : List.of(
                "pack_it_compliance_disk_enc", "pack/it_compliance/disk_enc", "pack--it_compliance--disk_enc")) {
            assertEquals(query, packs.find(name), name);
        }
        for (String name : List.of(
                "pack_it_compliance/disk_enc",
                "packit_compliancedisk_enc",
                "pack_it_compliance_disk",
                "it_compliance_disk_enc",
                "pack_it_compliance__disk_enc",
                "pack",
                "")) {
            assertNull(packs.find(name), name);
        }
    }

    @Test
    void queriesThatWouldComeByOneNameAreRefused() throws Exception {
        Path one = file("a_b.conf", "{\"queries\":{\"c\":{\"query\":\"SELECT 1\",\"interval\":9}}}");
        Path two = file("a.conf", "{\"queries\":{\"b_c\":{\"query\":\"SELECT 1\",\"interval\":9}}}");
        IOException e = assertThrows(IOException.class, () -> read(PackFile.of(one), PackFile.of(two)));
        assertEquals(
                "query c of pack a_b and b_c of a both come as pack_a_b_c: rename one, or set pack_delimiter in"
                        + " Hosts::osquery_options",
                e.getMessage());
        assertEquals(
                2,
                PackFile.read(
                                List.of(PackFile.of(one), PackFile.of(two)),
                                Decorators.NONE,
                                "/",
                                sql -> null,
                                notes::add)
                        .size());
    }

    @Test
    void moreThanOsqueryTakesIsRefused() throws Exception {
        Path big = file(
                "big.conf",
                "{\"queries\":{\"a\":{\"query\":\"SELECT '" + "x".repeat(1 << 20) + "'\",\"interval\":9}}}");
        IOException e = assertThrows(IOException.class, () -> read(PackFile.of(big)));
        assertTrue(e.getMessage().contains("no configuration over 1 MiB"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"60,true", "3600,true", "90,false", "0,false", "-60,false"})
    void decoratorsRunEveryWholeMinute(long seconds, boolean isGood) {
        TreeMap<Long, List<String>> interval = new TreeMap<>();
        interval.put(seconds, List.of("SELECT 1"));
        List<String> faults = new ArrayList<>();
        new Decorators(List.of(), List.of(), interval).check(sql -> null, faults);
        assertEquals(isGood, faults.isEmpty(), faults.toString());
    }

    private QueryPacks read(PackFile... files) throws IOException {
        return PackFile.read(
                List.of(files),
                Decorators.NONE,
                QueryPacks.USUAL_DELIMITER,
                sql -> sql.startsWith("SELECT") ? null : "no SQL",
                notes::add);
    }

    private static String text(QueryPacks packs) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        packs.writeTo(document);
        return document.toString();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
