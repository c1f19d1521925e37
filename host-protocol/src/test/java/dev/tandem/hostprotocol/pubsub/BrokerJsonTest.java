package dev.tandem.hostprotocol.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.backbone.Data;
import dev.tandem.core.backbone.EventMessage;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerJsonTest {
    static List<Arguments> vectors() {
        return List.of(
                vector("none", "{}", Data.None.VALUE),
                vector("boolean", "true", new Data.Bool(true)),
                vector("boolean", "false", new Data.Bool(false)),
                vector("count", "0", new Data.Count(0)),
                vector("count", "18446744073709551615", new Data.Count(-1)),
                vector("integer", "-9223372036854775808", new Data.Int(Long.MIN_VALUE)),
                vector("integer", "7", new Data.Int(7)),
                vector("real", "7.5", new Data.Real(7.5)),
                vector("real", "-1.0E300", new Data.Real(-1e300)),
                vector("timespan", "\"0s\"", new Data.Timespan(0)),
                vector("timespan", "\"-1500ms\"", new Data.Timespan(-1_500_000_000L)),
                vector("timespan", "\"7us\"", new Data.Timespan(7000)),
                vector("timespan", "\"1ns\"", new Data.Timespan(1)),
                vector("timestamp", "\"1970-01-01T01:42:42.000\"", new Data.Timestamp(6_162_000_000_000L)),
                vector("timestamp", "\"2022-04-10T16:07:00.123456\"", new Data.Timestamp(1_649_606_820_123_456_000L)),
                vector("timestamp", "\"1969-12-31T23:59:59.999\"", new Data.Timestamp(-1_000_000)),
                vector(
                        "string",
                        "\"a \\\"b\\\" \\\\ \\u0001 \u00e4 \ud83d\ude00\"",
                        Data.text("a \"b\" \\ \u0001 \u00e4 \ud83d\ude00")),
                vector("string", "\"\"", Data.text("")),
                vector("enum-value", "\"Log::WRITER_ASCII\"", new Data.EnumName("Log::WRITER_ASCII")),
                vector("address", "\"192.168.0.1\"", new Data.Address(addr("192.168.0.1"))),
                vector("address", "\"2001:db8::1\"", new Data.Address(addr("2001:db8::1"))),
                vector("subnet", "\"10.0.0.0/8\"", new Data.Network(subnet("10.0.0.0/8"))),
                vector("subnet", "\"2001:db8::/32\"", new Data.Network(subnet("2001:db8::/32"))),
                vector("port", "\"8080/tcp\"", new Data.PortNumber(Port.of(8080, Port.Proto.TCP))),
                vector("port", "\"53/udp\"", new Data.PortNumber(Port.of(53, Port.Proto.UDP))),
                vector("port", "\"8/icmp\"", new Data.PortNumber(Port.of(8, Port.Proto.ICMP))),
                vector("port", "\"1/?\"", new Data.PortNumber(Port.of(1, Port.Proto.UNKNOWN))),
                vector("vector", "[]", new Data.Vector(List.of())),
                vector(
                        "vector",
                        "[{\"@data-type\":\"count\",\"data\":42},{\"@data-type\":\"none\",\"data\":{}}]",
                        Data.vector(new Data.Count(42), Data.None.VALUE)),
                vector(
                        "set",
                        "[{\"@data-type\":\"count\",\"data\":1},{\"@data-type\":\"string\",\"data\":\"x\"}]",
                        new Data.Elements(new TreeSet<>(List.of(Data.text("x"), new Data.Count(1))))),
                vector(
                        "table",
                        "[{\"key\":{\"@data-type\":\"string\",\"data\":\"a\"},"
                                + "\"value\":{\"@data-type\":\"set\",\"data\":[]}}]",
                        new Data.Entries(new TreeMap<>(Map.of(Data.text("a"), new Data.Elements(new TreeSet<>()))))));
    }

    private static Arguments vector(String kind, String json, Data data) {
        return Arguments.of("{\"@data-type\":\"" + kind + "\",\"data\":" + json + "}", data);
    }

    private static Addr addr(String text) {
        return Objects.requireNonNull(Addr.parse(text));
    }

    private static Subnet subnet(String text) {
        return Objects.requireNonNull(Subnet.parse(text));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyKindOfDataReadsAndWritesAsPublished(String json, Data data) throws BrokerJson.Malformed {
        assertEquals(data, BrokerJson.value(json));
        assertEquals(json, BrokerJsonWriter.value(data));
    }

    @ParameterizedTest
    @CsvSource({
        "timespan, 1.5s, 1500ms",
        "timespan, 2min, 120s",
        "timespan, 1h, 3600s",
        "timespan, 1d, 86400s",
        "timestamp, 1970-01-01T01:42:42, 1970-01-01T01:42:42.000",
        "timestamp, 2022-04-10T16:07:00Z, 2022-04-10T16:07:00.000",
        "timestamp, 2022-04-10T16:07:00+02:00, 2022-04-10T14:07:00.000",
        "port, 7/unknown, 7/?",
        "subnet, 10.1.2.3/8, 10.0.0.0/8",
    })
    void otherSpellingsAreUnderstood(String kind, String read, String written) throws BrokerJson.Malformed {
        String form = "{\"@data-type\":\"" + kind + "\",\"data\":\"%s\"}";
        assertEquals(String.format(form, written), BrokerJsonWriter.value(BrokerJson.value(String.format(form, read))));
    }

    @Test
    void anIntegerWillDoForAReal() throws BrokerJson.Malformed {
        assertEquals(new Data.Real(3), BrokerJson.value("{\"data\":3,\"@data-type\":\"real\"}"));
    }

    @Test
    void textThatJsonHasNoFormForIsWrittenAllTheSame() throws BrokerJson.Malformed {
        Data bytes = new Data.Text(Bytes.latin1("a\u00ff"));
        assertEquals("{\"@data-type\":\"string\",\"data\":\"a\\\\xff\"}", BrokerJsonWriter.value(bytes));
        assertEquals(Data.None.VALUE, BrokerJson.value(BrokerJsonWriter.value(new Data.Real(Double.NaN))));
        assertEquals(
                Data.None.VALUE, BrokerJson.value(BrokerJsonWriter.value(new Data.Real(Double.NEGATIVE_INFINITY))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "42",
                "[",
                "{}",
                "{\"@data-type\":\"count\"}",
                "{\"@data-type\":\"count\",\"data\":-1}",
                "{\"@data-type\":\"count\",\"data\":18446744073709551616}",
                "{\"@data-type\":\"count\",\"data\":1.5}",
                "{\"@data-type\":\"count\",\"data\":\"1\"}",
                "{\"@data-type\":\"integer\",\"data\":9223372036854775808}",
                "{\"@data-type\":\"boolean\",\"data\":1}",
                "{\"@data-type\":\"address\",\"data\":\"1.2.3\"}",
                "{\"@data-type\":\"subnet\",\"data\":\"1.2.3.4/33\"}",
                "{\"@data-type\":\"port\",\"data\":\"65536/tcp\"}",
                "{\"@data-type\":\"port\",\"data\":\"80\"}",
                "{\"@data-type\":\"timestamp\",\"data\":\"yesterday\"}",
                "{\"@data-type\":\"timestamp\",\"data\":\"9999-01-01T00:00:00\"}",
                "{\"@data-type\":\"timespan\",\"data\":\"1\"}",
                "{\"@data-type\":\"timespan\",\"data\":\"99999999999999999999d\"}",
                "{\"@data-type\":\"enum-value\",\"data\":\"\"}",
                "{\"@data-type\":\"vector\",\"data\":{}}",
                "{\"@data-type\":\"vector\",\"data\":[1]}",
                "{\"@data-type\":\"table\",\"data\":[{\"key\":{\"@data-type\":\"count\",\"data\":1}}]}",
                "{\"@data-type\":\"record\",\"data\":[]}",
                "{\"@data-type\":\"count\",\"data\":1} x",
                "{\"@data-type\":\"count\",\"data\":1,\"data\":2}",
            })
    void whatIsNoValueIsSaidToBeNone(String json) {
        assertThrows(BrokerJson.Malformed.class, () -> BrokerJson.value(json));
    }

    @Test
    void depthIsBounded() throws BrokerJson.Malformed {
        assertEquals(
                "values deeper than " + BrokerJson.MAX_DEPTH,
                assertThrows(BrokerJson.Malformed.class, () -> BrokerJson.value(nested(BrokerJson.MAX_DEPTH + 1)))
                        .getMessage());
        assertTrue(BrokerJson.value(nested(BrokerJson.MAX_DEPTH)) instanceof Data.Vector);
        assertThrows(BrokerJson.Malformed.class, () -> BrokerJson.value("[".repeat(1_000_000)));
        assertThrows(BrokerJson.Malformed.class, () -> BrokerJson.value(nested(100_000)));
    }

    private static String nested(int depth) {
        return "{\"@data-type\":\"vector\",\"data\":[".repeat(depth)
                + "{\"@data-type\":\"count\",\"data\":1}"
                + "]}".repeat(depth);
    }

    @Test
    void anEventIsWhatZeekMakesOfIt() throws BrokerJson.Malformed {
        String json = "{\"type\":\"data-message\",\"topic\":\"/test/pings/\",\"@data-type\":\"vector\",\"data\":["
                + "{\"@data-type\":\"count\",\"data\":1},{\"@data-type\":\"count\",\"data\":1},"
                + "{\"@data-type\":\"vector\",\"data\":[{\"@data-type\":\"string\",\"data\":\"ping\"},"
                + "{\"@data-type\":\"vector\",\"data\":[{\"@data-type\":\"string\",\"data\":\"x\"},"
                + "{\"@data-type\":\"count\",\"data\":42}]},"
                + "{\"@data-type\":\"vector\",\"data\":[{\"@data-type\":\"vector\",\"data\":["
                + "{\"@data-type\":\"count\",\"data\":1},"
                + "{\"@data-type\":\"timestamp\",\"data\":\"1970-01-01T01:42:42.000\"}]}]}]}]}";
        EventMessage event = new EventMessage("ping", List.of(Data.text("x"), new Data.Count(42)), 6162);
        assertEquals(new BrokerJson.Published("/test/pings/", event), BrokerJson.message(json));
        assertEquals(json, BrokerJsonWriter.message("/test/pings/", event));
        EventMessage timeless = new EventMessage("ping", List.of());
        assertEquals(
                timeless,
                BrokerJson.message(BrokerJsonWriter.message("t", timeless)).event());
    }

    @Test
    void whatIsNoEventIsRefused() {
        String vector = "\"@data-type\":\"vector\",\"data\":[]";
        for (String json : List.of(
                "[]",
                "{" + vector + "}",
                "{\"topic\":1," + vector + "}",
                "{\"topic\":\"\"," + vector + "}",
                "{\"topic\":\"" + "t".repeat(2000) + "\"," + vector + "}",
                "{\"type\":\"command\",\"topic\":\"t\"," + vector + "}",
                "{\"topic\":\"t\"," + vector + "}")) {
            assertThrows(BrokerJson.Malformed.class, () -> BrokerJson.message(json), json);
        }
    }

    @Test
    void topicsAreAnArrayOfStrings() throws BrokerJson.Malformed {
        assertEquals(List.of("a", ""), BrokerJson.topics("[\"a\",\"\"]"));
        assertEquals("subscriptions not an array", refusal("{}"));
        assertEquals("individual subscription not a string", refusal("[\"a\",1]"));
        assertTrue(refusal("nope").startsWith("no JSON"));
    }

    private static String refusal(String topics) {
        return String.valueOf(assertThrows(BrokerJson.Malformed.class, () -> BrokerJson.topics(topics))
                .getMessage());
    }
}
