package dev.tandem.script.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.UpdateType;
import dev.tandem.script.ScriptRig;
import dev.tandem.script.framework.ScriptedHosts;
import dev.tandem.script.log.FakeWriters;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The logs of the Bro-Osquery demonstrations of 2018, out of the same rows of the host. */
class OsqueryLogsTest {
    private static final String HOST = "4C4C4544-0038-4710-8037-C2C04F504332";

    private final FakeWriters writers = new FakeWriters();
    private final ScriptedHosts hosts = new ScriptedHosts();
    private final ScriptRig rig = new ScriptRig(writers, hosts).load("base/init-bare", "osquery");

    @BeforeEach
    void start() {
        rig.start(1527437690);
        hosts.say(new HostEvent.Connected(HOST));
        rig.advance(1527437691);
    }

    private void row(HostQuery query, String... values) {
        hosts.row(HOST, query, UpdateType.ADD, values);
    }

    private HostQuery query(String event) {
        return hosts.queries.stream()
                .filter(q -> q.event().equals(event))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void scriptsAreRead() {
        assertEquals(List.of(), rig.messages);
        assertEquals(List.of("t1.527437691E9|bro|" + HOST + "|info|Osquery host connected"), writers.rows("osquery"));
    }

    @Test
    void processRowIsLoggedAsItIs() {
        HostQuery q = hosts.query(
                "SELECT pid,name,path,cmdline,cwd,root,uid,gid,on_disk,start_time,parent,pgroup FROM processes");
        row(
                q,
                "29958",
                "nc",
                "/bin/nc.openbsd",
                "nc google.de 80",
                "/home/steffen",
                "/",
                "1000",
                "1000",
                "1",
                "197522",
                "4697",
                "29958");
        rig.advance(1527437698.622382);
        assertEquals(
                "t|host|pid|name|path|cmdline|cwd|root|uid|gid|on_disk|start_time|parent|pgroup",
                writers.header("osq-processes").replace(' ', '|'));
        assertEquals(
                List.of("t1.527437698622382E9|" + HOST
                        + "|29958|nc|/bin/nc.openbsd|nc google.de 80|/home/steffen|/|1000|1000|1|197522|4697|29958"),
                writers.rows("osq-processes"));
    }

    @Test
    void processEventsOfOneBatchShareTheirTime() {
        HostQuery q = hosts.query("SELECT pid,path,cmdline,cwd,uid,gid,time,parent FROM process_events");
        row(q, "30576", "/bin/bash", "\"bash\"", "", "1000", "1000", "1527437809", "4697");
        row(q, "30576", "/usr/bin/curl", "curl google.de", "/home/steffen", "1000", "1000", "1527437809", "4697");
        rig.advance(1527437810.678441);
        String start = "t1.527437810678441E9|" + HOST + "|30576|";
        assertEquals(
                List.of(
                        start + "/bin/bash|\"bash\"||1000|1000|1527437809|4697",
                        start + "/usr/bin/curl|curl google.de|/home/steffen|1000|1000|1527437809|4697"),
                writers.rows("osq-process_events"));
    }

    @Test
    void userConnectionsJoinSocketProcessAndUserInAnyOrder() {
        row(query("osquery::user_row"), "1000", "steffen");
        HostQuery sockets = query("osquery::socket_event_row");
        String nc = "/bin/nc.openbsd";
        row(
                sockets,
                "connect",
                "6520",
                nc,
                "0",
                "",
                "0",
                "192.168.137.1",
                "53",
                "1527439273",
                "1",
                "3",
                "in_progress",
                "1000");
        row(
                sockets,
                "connect",
                "6520",
                nc,
                "0",
                "0.0.0.0",
                "0",
                "172.217.16.67",
                "80",
                "1527439273",
                "2",
                "3",
                "in_progress",
                "1000");
        row(
                sockets,
                "connect",
                "6520",
                nc,
                "0",
                "",
                "0",
                "2a00:1450:4005:800::2003",
                "80",
                "1527439273",
                "3",
                "3",
                "in_progress",
                "1000");
        row(
                query("osquery::process_event_row"),
                "6520",
                nc,
                "nc google.de 80",
                "1000",
                "4697",
                "1527439273",
                "1000",
                "execve");
        row(
                sockets,
                "connect",
                "6520",
                nc,
                "0",
                "",
                "0",
                "172.217.16.67",
                "80",
                "1527439273",
                "4",
                "3",
                "in_progress",
                "1000");
        rig.advance(1527439274.704343);
        String start = "t1.527439274704343E9|" + HOST + "|connect|0.0.0.0|0|";
        String end = "|6520|/bin/nc.openbsd|nc google.de 80|1000|steffen";
        assertEquals(
                List.of(
                        start + "192.168.137.1|53" + end,
                        start + "172.217.16.67|80" + end,
                        start + "2a00:1450:4005:800::2003|80" + end,
                        start + "172.217.16.67|80" + end),
                writers.rows("osq-user_connections"));
        assertEquals(List.of(), rig.messages);
    }

    @Test
    void rowsThatWentAwayAreNotLogged() {
        HostQuery q = hosts.query("FROM mounts");
        hosts.row(HOST, q, UpdateType.REMOVE, "a", "b", "/mnt", "ext4", "1", "2", "rw");
        hosts.row(HOST, q, UpdateType.ADD, "a", "b", "/mnt", "ext4", "4096", "1000", "rw");
        rig.advance(1527437700);
        assertEquals(List.of("t1.5274377E9|" + HOST + "|a|b|/mnt|ext4|4096|1000|rw"), writers.rows("osq-mounts"));
    }

    @Test
    void severalQueriesMayBeOneOrAVectorAndGoToEveryNamedTarget() {
        hosts.asked.clear();
        rig.script("""
                event seen(info: osquery::ResultInfo, a: string) {}
                event go()
                    {
                    local q1 = [$ev=seen, $query="SELECT 1"];
                    local q2: osquery::Query = [$ev=seen, $query="SELECT 2"];
                    osquery::subscribe(q1);
                    osquery::subscribe_multiple(vector(q2, q2), vector("h1", "h2"));
                    osquery::subscribe_multiple(q2, vector(""), vector("g"));
                    osquery::execute([$ev=seen, $query="SELECT 3"], "h1");
                    osquery::unsubscribe_multiple(q1);
                    osquery::set_host_group(10.0.0.0/8, "geo/de");
                    osquery::leave(10.0.0.0/8, "geo/de");
                    }
                """);
        rig.raise("go");
        assertEquals(
                List.of(
                        "subscribe seen Everyone[]",
                        "subscribe seen OneHost[hostId=h1]",
                        "subscribe seen OneHost[hostId=h2]",
                        "subscribe seen OneHost[hostId=h1]",
                        "subscribe seen OneHost[hostId=h2]",
                        "subscribe seen Group[name=g]",
                        "execute seen OneHost[hostId=h1]",
                        "unsubscribe seen Everyone[]",
                        "join 10.0.0.0/8 geo/de",
                        "leave 10.0.0.0/8 geo/de"),
                hosts.asked);
        assertEquals(List.of(), rig.messages);
    }
}
