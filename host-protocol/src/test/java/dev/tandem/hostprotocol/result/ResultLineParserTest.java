package dev.tandem.hostprotocol.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.tandem.hostprotocol.result.ResultLine.Content;
import dev.tandem.hostprotocol.result.ResultLine.Parsed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultLineParserTest {
    private static final String HEAD = "{'name':'users','hostIdentifier':'h1','unixTime':1683584100,";
    private final ResultLineParser parser = new ResultLineParser();

    @Test
    void differentialRow() {
        ResultLine line = accept("{'name':'socket_events','hostIdentifier':'h1',"
                + "'calendarTime':'Mon May  8 22:15:00 2023 UTC','unixTime':1683584100,'epoch':3,'counter':57,"
                + "'numerics':false,'decorations':{'host_uuid':'u'},'columns':{'pid':'1','path':''},'action':'added'}");
        assertEquals("socket_events", line.name());
        assertEquals("h1", line.hostId());
        assertEquals(1683584100.0, line.unixTime());
        assertEquals(3, line.epoch());
        assertEquals(57, line.counter());
        assertEquals(Map.of("host_uuid", "u"), line.decorations());
        assertEquals(new Content.Difference(List.of(), List.of(row("pid", "1", "path", ""))), line.content());
    }

    @Test
    void removedRowWithNumbersAsStringsAndKeysInAnyOrder() {
        ResultLine line = accept("{'action':'removed','columns':{'a':'x'},'unixTime':'1683584100','epoch':'0',"
                + "'counter':'2','hostIdentifier':'h1','name':'q'}");
        assertEquals(1683584100.0, line.unixTime());
        assertEquals(2, line.counter());
        assertEquals(new Content.Difference(List.of(row("a", "x")), List.of()), line.content());
    }

    @Test
    void valuesAsNumbersKeepTheirText() {
        ResultLine line =
                accept(HEAD + "'numerics':true,'columns':{'n':-5,'d':1.50,'t':'x','none':null},'action':'added'}");
        assertEquals(
                new Content.Difference(List.of(), List.of(row("n", "-5", "d", "1.50", "t", "x", "none", null))),
                line.content());
    }

    @Test
    void wholeSnapshotAndEmptySnapshot() {
        assertEquals(
                new Content.Snapshot(List.of(row("a", "1"), row("a", "2"))),
                accept(HEAD + "'snapshot':[{'a':'1'},{'a':'2'}],'action':'snapshot'}")
                        .content());
        assertEquals(
                new Content.Snapshot(List.of()),
                accept(HEAD + "'snapshot':[],'action':'snapshot'}").content());
    }

    @Test
    void oneRowOfASnapshot() {
        assertEquals(
                new Content.SnapshotRow(row("a", "1")),
                accept(HEAD + "'columns':{'a':'1'},'action':'snapshot'}").content());
    }

    @Test
    void batchOfBothKinds() {
        assertEquals(
                new Content.Difference(List.of(row("a", "1")), List.of(row("a", "2"), row("a", "3"))),
                accept(HEAD + "'diffResults':{'removed':[{'a':'1'}],'added':[{'a':'2'},{'a':'3'}]}}")
                        .content());
        assertEquals(
                new Content.Difference(List.of(), List.of(row("a", "2"))),
                accept(HEAD + "'diffResults':{'removed':'','added':[{'a':'2'}]}}")
                        .content());
    }

    @Test
    void decorationsMayBeAtTheTopAndUnknownKeysDoNotMatter() {
        ResultLine line = accept(HEAD + "'host_uuid':'u','shard':7,'later':{'x':[1,{'y':2}]},'list':[],'nil':null,"
                + "'columns':{'a':'1'},'action':'added'}");
        assertEquals(Map.of("host_uuid", "u", "shard", "7"), line.decorations());
    }

    @Test
    void rowsOfOneShapeShareTheirColumns() {
        String text = HEAD + "'columns':{'a':'1','b':'2'},'action':'added'}";
        assertSame(onlyRow(accept(text)).columns(), onlyRow(accept(text)).columns());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | not a JSON object",
                "[] | not a JSON object",
                "{} | no columns, snapshot or diffResults",
                "{'severity':1,'message':'x','hostIdentifier':'h'} | a status line, not a result line",
                "{'name':'q','unixTime':1,'columns':{},'action':'added'} | no hostIdentifier",
                "{'name':'q','hostIdentifier':'','unixTime':1,'columns':{},'action':'added'} | no hostIdentifier",
                "{'hostIdentifier':'h','unixTime':1,'columns':{},'action':'added'} | no name",
                "{'name':'q','hostIdentifier':'h','columns':{},'action':'added'} | no unixTime",
                "{'name':'q','hostIdentifier':'h','unixTime':'soon','columns':{},'action':'added'} | unixTime is not a time: soon",
                "{'name':'q','hostIdentifier':'h','unixTime':-1,'columns':{},'action':'added'} | unixTime is not a time: -1",
                "{'name':'q','hostIdentifier':'h','unixTime':1e99,'columns':{},'action':'added'} | unixTime is not a time: 1e99",
                "{'name':'q','hostIdentifier':'h','unixTime':[1]} | unixTime is neither a number nor a string",
                "{'name':'q','hostIdentifier':'h','unixTime':1,'counter':'x'} | counter is not a whole number: x",
                "{'name':5} | name is not a string",
                "{'name':'q','hostIdentifier':'h','unixTime':1,'columns':{}} | no action",
                "{'name':'q','hostIdentifier':'h','unixTime':1,'columns':{},'action':'changed'} | unknown action changed",
                "{'columns':[]} | columns holds a row that is not an object",
                "{'columns':{'a':{}}} | column a is neither text nor number",
                "{'columns':{'a':true}} | column a is neither text nor number",
                "{'snapshot':{}} | snapshot is not an array",
                "{'snapshot':['x']} | snapshot holds a row that is not an object",
                "{'diffResults':[]} | diffResults is not an object",
                "{'decorations':'x'} | decorations is not an object",
                "{'name':'q','hostIdentifier':'h','unixTime':1,'columns':{},'action':'added'} x | not JSON",
                "{'name':'q','hostIdentifier':'h','unixTime':1,'columns':{},'action':'added'}{} | more than one JSON object",
                "{'name':'q' | not JSON",
                "{'name' | not JSON",
                "nonsense | not JSON",
            })
    void brokenLineIsRefusedWithItsReason(@Nullable String text, String reason) {
        Parsed.Refused refused = assertInstanceOf(Parsed.Refused.class, parser.parse(quoted(text == null ? "" : text)));
        assertEquals(reason, refused.reason().startsWith("not JSON: ") ? "not JSON" : refused.reason());
    }

    @Test
    void deepNestingIsRefused() {
        assertInstanceOf(Parsed.Refused.class, parser.parse("{\"x\":" + "[".repeat(100_000)));
    }

    @Test
    void damagedLinesNeverThrow() {
        String whole =
                quoted(HEAD + "'epoch':0,'decorations':{'a':'b'},'snapshot':[{'a':'1'},{'a':2}],'action':'snapshot'}");
        long seed = 20261124;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(whole);
            for (int k = random.nextInt(4); k >= 0; k--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, "{}[]\",:\\0x\u0000\uffff".charAt(random.nextInt(12)));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.insert(at, text.substring(at / 2, at));
                }
            }
            assertNotNull(parser.parse(text.toString()), "seed " + seed + " round " + i);
        }
    }

    private ResultLine accept(String text) {
        Parsed parsed = parser.parse(quoted(text));
        return assertInstanceOf(Parsed.Accepted.class, parsed, parsed.toString())
                .line();
    }

    private static ResultRow onlyRow(ResultLine line) {
        return ((Content.Difference) line.content()).added().getFirst();
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }

    private static ResultRow row(@Nullable String... namesAndValues) {
        List<String> names = new java.util.ArrayList<>();
        @Nullable String[] values = new @Nullable String[namesAndValues.length / 2];
        for (int i = 0; i < values.length; i++) {
            names.add(String.valueOf(namesAndValues[2 * i]));
            values[i] = namesAndValues[2 * i + 1];
        }
        return new ResultRow(names, Arrays.asList(values));
    }
}
