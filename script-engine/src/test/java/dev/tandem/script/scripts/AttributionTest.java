package dev.tandem.script.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.UpdateType;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.script.ScriptRig;
import dev.tandem.script.framework.ScriptedHosts;
import dev.tandem.script.log.FakeWriters;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.types.RecordType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is behind a connection, from rows of hosts that come after it has ended. */
class AttributionTest {
    private static final String CLIENT = "10.0.0.1";
    private static final String SERVER = "10.0.0.2";

    private final FakeWriters writers = new FakeWriters();
    private final ScriptedHosts hosts = new ScriptedHosts().tellingTheTime();
    private final ScriptRig rig =
            new ScriptRig(writers, hosts).load("base/init-bare", "base/protocols/conn", "osquery");
    private int uids;

    @BeforeEach
    void start() {
        rig.start(1000);
        hosts.say(new HostEvent.Connected("a"));
        hosts.say(new HostEvent.Connected("b"));
        row("a", "osquery::address_row", "eth0", CLIENT);
        row("b", "osquery::address_row", "eth0", SERVER);
        row("a", "osquery::user_row", "1001", "alice");
        row("a", "osquery::user_row", "1002", "bob");
        row("b", "osquery::user_row", "33", "www-data");
        rig.advance(1001);
    }

    @AfterEach
    void nothingWentWrong() {
        assertEquals(List.of(), rig.messages);
    }

    private void row(String host, String event, String... values) {
        HostQuery query = hosts.queries.stream()
                .filter(q -> q.event().equals(event))
                .findFirst()
                .orElseThrow();
        hosts.row(host, query, UpdateType.ADD, values);
    }

    private void process(String host, String pid, String path, String cmdline, String uid, String time) {
        row(host, "osquery::process_event_row", pid, path, cmdline, uid, "1", time, uid, "execve");
    }

    private void connect(String pid, String path, String ra, String rp, String time, String eid) {
        connectBy("a", pid, path, ra, rp, time, eid, "3", "succeeded", "");
    }

    private void connectBy(
            String host,
            String pid,
            String path,
            String ra,
            String rp,
            String time,
            String eid,
            String fd,
            String status,
            String auid) {
        row(host, "osquery::socket_event_row", "connect", pid, path, "0", "", "0", ra, rp, time, eid, fd, status, auid);
    }

    private void accept(String pid, String path, String ra, String rp, String time, String eid) {
        row(
                "b",
                "osquery::socket_event_row",
                "accept",
                pid,
                path,
                "0",
                "",
                "0",
                ra,
                rp,
                time,
                eid,
                "5",
                "succeeded",
                "");
    }

    private ConnectionRecord connection(
            String from, int fromPort, String to, int toPort, Port.Proto proto, double start) {
        ConnectionRecord c = (ConnectionRecord)
                Records.make((RecordType) Objects.requireNonNull(rig.type("connection"), "connection"));
        Objects.requireNonNull(c.id())
                .fill(
                        Objects.requireNonNull(Addr.parse(from)),
                        Port.of(fromPort, proto),
                        Objects.requireNonNull(Addr.parse(to)),
                        Port.of(toPort, proto),
                        proto == Port.Proto.TCP ? 6 : 17);
        c.uid = Bytes.of("C" + ++uids);
        c.startTime = start;
        return c;
    }

    /** A connection that begins and ends at once. */
    private void seen(String from, int fromPort, String to, int toPort, double start) {
        seen(from, fromPort, to, toPort, Port.Proto.TCP, start);
    }

    private void seen(String from, int fromPort, String to, int toPort, Port.Proto proto, double start) {
        rig.advance(start);
        ConnectionRecord c = connection(from, fromPort, to, toPort, proto, start);
        rig.raise("new_connection", c);
        rig.raise("connection_state_remove", c);
    }

    /** The columns behind ip_proto: host, pid, path, command line and user of originator and responder. */
    private List<String> ends() {
        return writers.rows("conn").stream()
                .map(r -> r.substring(Math.max(r.indexOf("|6|") + 3, r.indexOf("|17|") + 4)))
                .map(r -> r.replaceAll("^((?:[^|]*\\|){5})[^|]*\\|(.*)\\|[^|]*$", "$1$2"))
                .toList();
    }

    @Test
    void connectRowThatComesLaterNamesTheOriginator() {
        seen(CLIENT, 4000, "192.0.2.1", 80, 1010);
        assertEquals(List.of(), writers.rows("conn"));
        process("a", "77", "/usr/bin/curl", "curl x", "1001", "1011");
        connect("77", "/usr/bin/curl", "192.0.2.1", "80", "1012", "1");
        rig.advance(1020);
        rig.advance(1041);
        assertEquals(List.of("a|77|/usr/bin/curl|curl x|alice|-|-|-|-|-"), ends());
    }

    @Test
    void rowOfOneWithoutMonitoredEndsIsNotDelayed() {
        seen("192.0.2.7", 4000, "192.0.2.1", 80, 1010);
        assertEquals(List.of("-|-|-|-|-|-|-|-|-|-"), ends());
    }

    @Test
    void connectionsToOneServerAreToldApartByOrder() {
        process("a", "1", "/bin/one", "one", "1001", "1005");
        process("a", "2", "/bin/two", "two", "1002", "1005");
        seen(CLIENT, 4001, "192.0.2.1", 80, 1010.1);
        seen(CLIENT, 4002, "192.0.2.1", 80, 1010.2);
        seen(CLIENT, 4003, "192.0.2.1", 80, 1010.3);
        connect("1", "/bin/one", "192.0.2.1", "80", "1015", "11");
        connect("2", "/bin/two", "192.0.2.1", "80", "1015", "12");
        connect("1", "/bin/one", "192.0.2.1", "80", "1015", "13");
        rig.advance(1020);
        rig.advance(1060);
        assertEquals(
                List.of(
                        "a|1|/bin/one|one|alice|-|-|-|-|-",
                        "a|2|/bin/two|two|bob|-|-|-|-|-",
                        "a|1|/bin/one|one|alice|-|-|-|-|-"),
                ends());
    }

    @Test
    void callFromBeforeTheConnectionIsNotItsOwn() {
        connect("1", "/bin/one", "192.0.2.1", "80", "1002", "1");
        rig.advance(1003);
        seen(CLIENT, 4001, "192.0.2.1", 80, 1030);
        connect("2", "/bin/two", "192.0.2.1", "80", "1031", "2");
        rig.advance(1035);
        rig.advance(1070);
        assertEquals(List.of("a|2|/bin/two|-|-|-|-|-|-|-"), ends());
    }

    @Test
    void acceptNamesTheResponderExactly() {
        process("b", "80", "/usr/sbin/nginx", "nginx: worker", "33", "1002");
        accept("80", "/usr/sbin/nginx", CLIENT, "4001", "1005", "3");
        row("b", "osquery::listener_row", "79", "6", "80", "0.0.0.0");
        rig.advance(1004);
        seen("192.0.2.9", 5000, SERVER, 80, 1010);
        seen(CLIENT, 4001, SERVER, 80, 1011);
        accept("80", "/usr/sbin/nginx", CLIENT, "4001", "1005", "4");
        rig.advance(1020);
        rig.advance(1060);
        // The listener may be one worker of several: nothing was told of its process.
        assertEquals(List.of("-|-|-|-|-|b|-|-|-|-", "a|-|-|-|-|b|80|/usr/sbin/nginx|nginx: worker|www-data"), ends());
    }

    @Test
    void openSocketIsBelievedWithoutAnyCall() {
        row("a", "osquery::open_socket_row", "5", "6", CLIENT, "4001", SERVER, "22");
        row("b", "osquery::open_socket_row", "6", "6", SERVER, "22", CLIENT, "4001");
        process("a", "5", "/usr/bin/ssh", "ssh b", "1002", "990");
        rig.advance(1005);
        seen(CLIENT, 4001, SERVER, 22, 1006);
        rig.advance(1050);
        assertEquals(List.of("a|5|/usr/bin/ssh|ssh b|bob|b|6|-|-|-"), ends());
    }

    @Test
    void hostAloneIsNamedWhenNothingElseIsKnown() {
        seen(CLIENT, 4001, SERVER, 22, 1006);
        rig.advance(1050);
        assertEquals(List.of("a|-|-|-|-|b|-|-|-|-"), ends());
    }

    @Test
    void ofSeveralHostsAtOneAddressTheOneThatKnowsTheProcessIsNamed() {
        row("c", "osquery::address_row", "eth0", CLIENT);
        rig.advance(1002);
        seen(CLIENT, 4000, "192.0.2.1", 80, 1010);
        connectBy("c", "9", "/bin/nc", "192.0.2.1", "80", "1012", "1", "3", "succeeded", "");
        rig.advance(1015);
        rig.advance(1050);
        assertEquals(List.of("c|9|/bin/nc|-|-|-|-|-|-|-"), ends());
    }

    @Test
    void reusedProcessNumberIsTheOneOfThatTime() {
        process("a", "7", "/usr/bin/curl", "curl one", "1001", "1005");
        process("a", "7", "/usr/bin/curl", "curl two", "1002", "1020");
        connect("7", "/usr/bin/curl", "192.0.2.1", "80", "1006", "1");
        seen(CLIENT, 4000, "192.0.2.1", 80, 1006);
        rig.advance(1021);
        rig.advance(1050);
        assertEquals(List.of("a|7|/usr/bin/curl|curl one|alice|-|-|-|-|-"), ends());
    }

    @Test
    void processNumberReusedWithinASecondIsToldApartByTheLoginUser() {
        process("a", "7", "/usr/bin/curl", "curl one", "1002", "1010");
        process("a", "7", "/usr/bin/curl", "curl two", "1001", "1010");
        seen(CLIENT, 4000, "192.0.2.1", 80, 1010);
        connectBy("a", "7", "/usr/bin/curl", "192.0.2.1", "80", "1010", "1", "5", "in_progress", "1002");
        rig.advance(1020);
        rig.advance(1050);
        assertEquals(List.of("a|7|/usr/bin/curl|curl one|bob|-|-|-|-|-"), ends());
    }

    @Test
    void resolverThatTriesAddressesIsNotTheOriginator() {
        seen(CLIENT, 4001, "192.0.2.1", 80, 1010);
        connectBy("a", "1", "/usr/bin/curl", "192.0.2.1", "80", "1012", "1", "7", "succeeded", "");
        connectBy("a", "1", "/usr/bin/curl", "2001:db8::1", "80", "1012", "2", "7", "succeeded", "");
        connectBy("a", "1", "/usr/bin/curl", "2001:db8::1", "80", "1012", "3", "5", "in_progress", "");
        connectBy("a", "2", "/bin/nc", "192.0.2.1", "80", "1012", "4", "3", "in_progress", "");
        rig.advance(1020);
        rig.advance(1050);
        assertEquals(List.of("a|2|/bin/nc|-|-|-|-|-|-|-"), ends());
    }

    @Test
    void callsToSeveralServersThatLookLikeProbesAreBelievedWhenNothingElseIs() {
        seen(CLIENT, 4001, "192.0.2.1", 80, 1010);
        connect("1", "/usr/bin/wget", "192.0.2.1", "80", "1012", "1");
        connect("1", "/usr/bin/wget", "192.0.2.2", "80", "1012", "2");
        rig.advance(1020);
        rig.advance(1050);
        assertEquals(List.of("a|1|/usr/bin/wget|-|-|-|-|-|-|-"), ends());
    }

    @Test
    void datagramsAndTcpToOneServerKeepTheirOrder() {
        seen(CLIENT, 4001, "192.0.2.1", 53, Port.Proto.UDP, 1010.1);
        seen(CLIENT, 4002, "192.0.2.1", 53, Port.Proto.TCP, 1010.2);
        seen(CLIENT, 4003, "192.0.2.1", 53, Port.Proto.UDP, 1010.3);
        connectBy("a", "1", "/usr/bin/dig", "192.0.2.1", "53", "1012", "1", "3", "succeeded", "");
        connectBy("a", "2", "/usr/bin/dig", "192.0.2.1", "53", "1012", "2", "3", "in_progress", "");
        connectBy("a", "3", "/usr/bin/dig", "192.0.2.1", "53", "1012", "3", "3", "succeeded", "");
        rig.advance(1020);
        rig.advance(1050);
        assertEquals(
                List.of(
                        "a|1|/usr/bin/dig|-|-|-|-|-|-|-",
                        "a|2|/usr/bin/dig|-|-|-|-|-|-|-",
                        "a|3|/usr/bin/dig|-|-|-|-|-|-|-"),
                ends());
    }

    @Test
    void datagramsWithoutConnectAreFoundByTheirBoundPort() {
        seen(CLIENT, 4001, "192.0.2.1", 514, Port.Proto.UDP, 1010);
        row(
                "a",
                "osquery::socket_event_row",
                "bind",
                "8",
                "/bin/logger",
                "0",
                "0.0.0.0",
                "4001",
                "",
                "0",
                "1012",
                "1",
                "3",
                "succeeded",
                "");
        rig.advance(1020);
        rig.advance(1050);
        assertEquals(List.of("a|8|/bin/logger|-|-|-|-|-|-|-"), ends());
    }

    @Test
    void parentOfAForkingServerIsTheResponder() {
        row("b", "osquery::process_row", "90", "/bin/srv", "srv", "33", "1", "900");
        row("b", "osquery::process_row", "91", "/bin/srv", "srv", "33", "90", "1004");
        row("b", "osquery::listener_row", "90", "6", "9000", "0.0.0.0");
        row("b", "osquery::listener_row", "91", "6", "9000", "0.0.0.0");
        row("b", "osquery::open_socket_row", "91", "6", SERVER, "9000", CLIENT, "4001");
        seen(CLIENT, 4001, SERVER, 9000, 1005);
        rig.advance(1050);
        assertEquals(List.of("a|-|-|-|-|b|90|/bin/srv|srv|www-data"), ends());
    }

    @Test
    void socketThatClosedLatelyIsStillKnownAtTheEnd() {
        row("a", "osquery::open_socket_row", "5", "6", CLIENT, "4001", SERVER, "22");
        rig.advance(1005);
        seen(CLIENT, 4001, SERVER, 22, 1006);
        HostQuery query = hosts.queries.stream()
                .filter(q -> q.event().equals("osquery::open_socket_row"))
                .findFirst()
                .orElseThrow();
        hosts.row("a", query, UpdateType.REMOVE, "5", "6", CLIENT, "4001", SERVER, "22");
        rig.advance(1007);
        rig.finish();
        assertEquals(List.of("a|5|-|-|-|b|-|-|-|-"), ends());
    }

    @Test
    void rowsThatWaitAreWrittenAtTheEnd() {
        seen(CLIENT, 4000, "192.0.2.1", 80, 1010);
        connect("77", "/usr/bin/curl", "192.0.2.1", "80", "1012", "1");
        rig.finish();
        assertEquals(List.of("a|77|/usr/bin/curl|-|-|-|-|-|-|-"), ends());
    }

    /** A process of which no row came makes two connections; the host is asked for it, and answers. */
    private List<String> answerToMissing(String begunAt) {
        for (int i = 1; i <= 2; i++) {
            seen(CLIENT, 4000 + i, "192.0.2.1", 80, 1010 + i);
            connect("77", "/usr/bin/curl", "192.0.2.1", "80", "1013", "" + i);
        }
        rig.advance(1020);
        rig.advance(1042);
        assertEquals(
                List.of("execute Attribution::process_found OneHost[hostId=a]"),
                hosts.asked.stream()
                        .filter(a -> a.startsWith("execute Attribution"))
                        .toList());
        row("a", "Attribution::process_found", "77", "/usr/bin/curl", "curl x", "1001", "1", begunAt);
        rig.advance(1044);
        row("a", "osquery::user_row", "1003", "eve");
        rig.advance(1046);
        return writers.rows("attribution").stream()
                .filter(r -> r.contains("alice"))
                .toList();
    }

    @Test
    void aProcessOfWhichNoRowCameIsAskedForOnceAndTheAnswerRevises() {
        assertEquals(2, answerToMissing("1009").size());
    }

    @Test
    void whatHasTheNumberOfAMissingProcessButBeganLaterIsNotIt() {
        assertEquals(List.of(), answerToMissing("1030"));
    }

    @Test
    void betterMatcherMayTakeOver() {
        rig.script("""
            hook Attribution::connection_attributing(c: connection, orig: vector of Attribution::Candidate,
                resp: vector of Attribution::Candidate) &priority=5
                {
                orig += Attribution::Candidate($host="x", $pid=4, $method="oracle");
                break;
                }
            """);
        seen(CLIENT, 4000, "192.0.2.1", 80, 1010);
        rig.advance(1050);
        assertEquals(List.of("x|4|-|-|-|-|-|-|-|-"), ends());
    }
}
