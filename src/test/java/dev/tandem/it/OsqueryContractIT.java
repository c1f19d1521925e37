package dev.tandem.it;

import static dev.tandem.it.OsqueryLines.added;
import static dev.tandem.it.OsqueryLines.line;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.QueryTarget;
import dev.tandem.core.host.UpdateType;
import dev.tandem.hostprotocol.pack.Decorators;
import dev.tandem.hostprotocol.pack.PackFile;
import dev.tandem.it.AgentConnection.Answer;
import dev.tandem.it.SimulatedHost.Habits;
import dev.tandem.it.SimulatedHost.Refused;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What osquery's remote API promises, and what its agents are known to trip over, point by point. */
class OsqueryContractIT {
    private static final HostQuery PROCESSES =
            HostPortRig.query("ev", "SELECT pid, name FROM processes", UpdateType.BOTH);

    @TempDir
    Path state;

    // ---- enrolment

    @Test
    void aWrongSecretIsRefusedAndAnyOfSeveralIsGood() throws Exception {
        try (HostPortRig rig =
                new HostPortRig(HostPortRig.settings(state, Set.of("old secret", "new secret"), null, false, 9))) {
            Refused refused = assertThrows(
                    Refused.class,
                    () -> rig.await(
                            rig.host("h", "i", "no secret", new Habits()).enroll()));
            assertTrue(refused.getMessage().contains("secret"), refused.getMessage());
            rig.await(rig.host("h1", "i", "old secret", new Habits()).enroll());
            rig.await(rig.host("h2", "i", "new secret", new Habits()).enroll());
            rig.until(() -> rig.events(HostEvent.Connected.class).size() == 2);
        }
    }

    @Test
    void aVoidKeyMakesTheHostEnrolAgain() throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost host = rig.host("h");
            rig.await(host.fetchConfig());
            String first = host.key();
            rig.hosts.revoke("h");
            assertEquals(
                    "node_invalid",
                    assertThrows(Refused.class, () -> rig.await(host.fetchConfig()))
                            .getMessage());
            assertTrue(assertThrows(Refused.class, () -> rig.await(host.fetchConfig()))
                    .getMessage()
                    .contains("revoked"));
            rig.hosts.permit("h");
            rig.await(host.fetchConfig());
            assertNotEquals(first, host.key());
        }
    }

    @Test
    void theSameIdentifierFromAnotherInstanceIsReportedAndBothGoOn() throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost one = rig.host("h", "i1", HostPortRig.SECRET, new Habits());
            SimulatedHost copy = rig.host("h", "i2", HostPortRig.SECRET, new Habits());
            rig.await(one.fetchConfig());
            rig.await(copy.fetchConfig());
            rig.await(one.fetchConfig());
            assertTrue(one.key() != null && copy.key() != null);
            rig.until(() -> rig.events(HostEvent.Status.class).stream()
                    .anyMatch(s -> s.message().startsWith("duplicate host identifier")));
            assertEquals(1, rig.events(HostEvent.Connected.class).size());
        }
    }

    @Test
    void keysAreStoredAsHashesOnly() throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost host = rig.host("h");
            rig.await(host.fetchConfig());
            for (String file : List.of("hosts.db", "hosts.db-wal")) {
                Path path = state.resolve(file);
                String bytes = java.nio.file.Files.exists(path)
                        ? new String(java.nio.file.Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
                        : "";
                assertTrue(!bytes.contains(host.key()), file);
            }
        }
    }

    // ---- configuration

    @Test
    void anUnchangedConfigurationIsTheSameBytes() throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost host = rig.host("h");
            rig.subscribe(host, PROCESSES);
            byte[] first = host.configText();
            rig.hosts.subscribe(HostPortRig.query("other", "SELECT 1", UpdateType.ADD), new QueryTarget.OneHost("x"));
            rig.poll();
            rig.await(host.fetchConfig());
            assertArrayEquals(first, host.configText());
            assertTrue(SimulatedHost.JSON.readTree(first).path("error").isMissingNode());
        }
    }

    @Test
    void aQuerySubscribedAgainHasAnotherName() throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost host = rig.host("h");
            String first = rig.subscribe(host, PROCESSES);
            rig.hosts.unsubscribe(PROCESSES, new QueryTarget.Everyone());
            rig.poll();
            rig.await(host.fetchConfig());
            assertTrue(host.schedule().path(first).isMissingNode());
            assertNotEquals(first, rig.subscribe(host, PROCESSES));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/osquery", "/api/v1/osquery", ""})
    void hostsOfFleetAndDoormanNeedNoOtherPaths(String prefix) throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            Habits habits = new Habits();
            habits.prefix = prefix;
            SimulatedHost host = rig.host("h", "i", HostPortRig.SECRET, habits);
            String name = rig.subscribe(host, PROCESSES);
            assertEquals(
                    prefix + "/distributed/read",
                    SimulatedHost.JSON
                            .readTree(host.configText())
                            .path("options")
                            .path("distributed_tls_read_endpoint")
                            .asText());
            host.log(added(name, "h", 1, 0, "name", "a", "pid", "1"));
            rig.await(host.flush());
            assertEquals(List.of("ADD [1, a]"), rig.awaitRows(1));
            assertEquals(0, rig.await(host.answerQuestions()));
        }
    }

    @Test
    void packsAndDecoratorsAreServedAndTheirRowsTold() throws Exception {
        Path web = java.nio.file.Files.writeString(state.resolve("web.conf"), """
            {"platform": "linux", "discovery": ["SELECT 1"],
             "queries": {"ports": {"query": "SELECT pid, port FROM listening_ports", "interval": 60}}}
            """);
        var interval = new java.util.TreeMap<Long, List<String>>();
        interval.put(3600L, List.of("SELECT total_seconds AS up FROM uptime"));
        Decorators decorators = new Decorators(
                List.of("SELECT uuid AS host_uuid FROM system_info", "SELECT 'told' AS tandem_group"),
                List.of("SELECT user AS who FROM logged_in_users LIMIT 1"),
                interval);
        List<PackFile> packs =
                List.of(new PackFile("web", web, Set.of()), new PackFile("told_only", web, Set.of("told")));
        try (HostPortRig rig = HostPortRig.withPacks(state, packs, decorators)) {
            SimulatedHost host = rig.host("h");
            rig.await(host.fetchConfig());
            byte[] first = host.configText();
            rig.await(host.fetchConfig());
            assertArrayEquals(first, host.configText());
            var document = SimulatedHost.JSON.readTree(first);
            assertEquals(
                    "{\"load\":[\"SELECT uuid AS host_uuid FROM system_info\",\"SELECT 'told' AS tandem_group\"],"
                            + "\"always\":[\"SELECT user AS who FROM logged_in_users LIMIT 1\"],"
                            + "\"interval\":{\"3600\":[\"SELECT total_seconds AS up FROM uptime\"]}}",
                    document.path("decorators").toString());
            assertEquals(
                    "{\"web\":{\"platform\":\"linux\",\"discovery\":[\"SELECT 1\"],\"queries\":{\"ports\":{\"query\":"
                            + "\"SELECT pid, port FROM listening_ports\",\"interval\":60}}}}",
                    document.path("packs").toString());
            String decorated = "\"hostIdentifier\":\"h\",\"unixTime\":7,\"decorations\":{\"host_uuid\":\"u-1\","
                    + "\"tandem_group\":\"told\"},\"columns\":{\"pid\":\"1\",\"port\":\"80\"},\"action\":\"added\"}";
            rig.await(host.send(
                    "result",
                    List.of(
                            "{\"name\":\"pack_web_ports\"," + decorated,
                            "{\"name\":\"pack/web/ports\",\"top\":\"t\",\"hostIdentifier\":\"h\",\"unixTime\":8,"
                                    + "\"columns\":{\"port\":\"443\"},\"action\":\"removed\"}",
                            "{\"name\":\"pack_nobody_ports\"," + decorated)));
            rig.until(() -> rig.events(HostEvent.PackRow.class).size() == 2);
            // It has said that it is in the group which is asked more.
            rig.await(host.fetchConfig());
            assertEquals(
                    2,
                    SimulatedHost.JSON.readTree(host.configText()).path("packs").size());
            rig.await(host.send("result", List.of("{\"name\":\"pack_told_only_ports\"," + decorated)));
            rig.until(() -> rig.events(HostEvent.PackRow.class).size() == 3);
            assertEquals(
                    List.of(
                            "web ports ADD [pid, port] [1, 80] {host_uuid=u-1, tandem_group=told} 7.0",
                            "web ports REMOVE [port] [443] {top=t} 8.0",
                            "told_only ports ADD [pid, port] [1, 80] {host_uuid=u-1, tandem_group=told} 7.0"),
                    rig.events(HostEvent.PackRow.class).stream()
                            .map(r -> r.pack() + " " + r.query() + " " + r.update() + " " + r.columns() + " "
                                    + r.values() + " " + r.decorations() + " " + r.hostTime())
                            .toList());
            assertEquals(1L, rig.hosts.figures().get("rows_unasked"));
        }
    }

    // ---- lines

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bodiesAreTakenPlainAndCompressedWithAndWithoutTheHeader(boolean isNew) throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            Habits habits = new Habits();
            habits.gzip = isNew;
            habits.authorizes = isNew;
            SimulatedHost host = rig.host("h", "i", HostPortRig.SECRET, habits);
            String name = rig.subscribe(host, PROCESSES);
            host.log(added(name, "h", 1, 0, "pid", "1", "name", "a"));
            rig.await(host.flush());
            assertEquals(List.of("ADD [1, a]"), rig.awaitRows(1));
        }
    }

    @Test
    void everyFormOfALineIsUnderstood() throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost host = rig.host("h");
            String name = rig.subscribe(host, PROCESSES);
            String start = "{\"name\":\"" + name + "\",\"hostIdentifier\":\"h\",\"calendarTime\":\"x\",";
            List<String> lines = List.of(
                    start
                            + "\"unixTime\":1683584100,\"epoch\":0,\"counter\":1,\"columns\":{\"pid\":\"1\",\"name\":\"a\"},\"action\":\"added\"}",
                    start
                            + "\"unixTime\":\"1683584100\",\"epoch\":\"0\",\"counter\":\"2\",\"decorations\":{\"d\":\"e\"},\"columns\":{\"name\":\"b\",\"pid\":\"2\"},\"action\":\"removed\"}",
                    start
                            + "\"unixTime\":3,\"numerics\":true,\"top\":\"level\",\"columns\":{\"pid\":3,\"name\":\"c\"},\"action\":\"added\"}",
                    start
                            + "\"unixTime\":4,\"diffResults\":{\"removed\":[{\"pid\":\"4\",\"name\":\"d\"}],\"added\":\"\"}}",
                    start + "\"unixTime\":5,\"columns\":{\"extra\":\"x\",\"pid\":\"5\"},\"action\":\"added\"}");
            rig.await(host.send("result", lines));
            assertEquals(
                    List.of("ADD [1, a]", "REMOVE [2, b]", "ADD [3, c]", "REMOVE [4, d]", "ADD [5, null]"),
                    rig.awaitRows(5));
        }
    }

    @Test
    void snapshotsComeInBothForms() throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost host = rig.host("h");
            HostQuery query = HostPortRig.query("snap", "SELECT pid, name FROM processes", UpdateType.SNAPSHOT);
            String name = rig.subscribe(host, query);
            assertTrue(host.schedule().path(name).path("snapshot").asBoolean());
            String start =
                    "{\"name\":\"" + name + "\",\"hostIdentifier\":\"h\",\"unixTime\":1,\"action\":\"snapshot\",";
            rig.await(host.send(
                    "result",
                    List.of(
                            start + "\"snapshot\":[{\"pid\":\"1\",\"name\":\"a\"},{\"pid\":\"2\",\"name\":\"b\"}]}",
                            start + "\"columns\":{\"pid\":\"3\",\"name\":\"c\"}}",
                            start + "\"snapshot\":[]}")));
            assertEquals(List.of("SNAPSHOT [1, a]", "SNAPSHOT [2, b]", "SNAPSHOT [3, c]"), rig.awaitRows(3));
        }
    }

    @Test
    void statusLinesAreMessagesOfTheHost() throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost host = rig.host("h");
            rig.await(host.fetchConfig());
            rig.await(host.send(
                    "status",
                    List.of(
                            "{\"hostIdentifier\":\"h\",\"unixTime\":7,\"severity\":1,\"filename\":\"a.cpp\",\"line\":3,\"message\":\"hm\",\"version\":\"5\"}",
                            "{\"severity\":\"2\",\"message\":\"oh\"}")));
            rig.until(() -> rig.events(HostEvent.Status.class).size() == 2);
            HostEvent.Status first = rig.events(HostEvent.Status.class).getFirst();
            assertEquals(
                    "hm 1 a.cpp:3 7.0",
                    first.message() + " " + first.severity() + " " + first.origin() + " " + first.hostTime());
        }
    }

    @Test
    void aBrokenLineIsLeftOutAndTheOthersAreTaken() throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost host = rig.host("h");
            String name = rig.subscribe(host, PROCESSES);
            rig.await(host.send(
                    "result",
                    List.of(
                            added(name, "h", 1, 0, "pid", "1", "name", "a"),
                            "{\"name\":\"x\"}",
                            "17",
                            "{\"a\":\"\\q\"}",
                            "[[[[[[]]]]]]",
                            added(name, "h", 1, 0, "pid", "2", "name", "b"))));
            assertEquals(List.of("ADD [1, a]", "ADD [2, b]"), rig.awaitRows(2));
            assertEquals(4L, rig.hosts.figures().get("lines_refused"));
        }
    }

    @Test
    void textThatIsNoUtf8IsTaken() throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost host = rig.host("h");
            String name = rig.subscribe(host, PROCESSES);
            String line = added(name, "h", 1, 0, "pid", "1", "name", "@");
            byte[] body = SimulatedHost.logBody(host.key(), "result", List.of(line));
            for (int i = 0; i < body.length; i++) {
                body[i] = body[i] == '@' ? (byte) 0xff : body[i];
            }
            Answer answer = rig.await(
                    new AgentConnection(rig.network, rig.network.loop()).post("/api/osquery/log", body, null, true));
            assertEquals("{}", new String(answer.body(), StandardCharsets.UTF_8));
            assertEquals(List.of("ADD [1, \ufffd]"), rig.awaitRows(1));
        }
    }

    @Test
    void aBatchThatComesAgainIsTakenOnce() throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost host = rig.host("h");
            String name = rig.subscribe(host, PROCESSES);
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                lines.add(added(name, "h", 1, 0, "pid", "" + i, "name", "a"));
            }
            lines.add(lines.getFirst()); // two equal rows are two rows
            rig.await(host.send("result", lines));
            rig.awaitRows(51);
            // No answer had come: the same with more, and in another order.
            List<String> again = new ArrayList<>(lines);
            again.add(added(name, "h", 2, 1, "pid", "99", "name", "b"));
            Collections.shuffle(again, new Random(1));
            rig.await(host.send("result", again));
            rig.await(host.send("result", again));
            rig.await(host.send("result", List.of(added(name, "h", 3, 2, "pid", "100", "name", "c"))));
            assertEquals(53, rig.awaitRows(53).size());
            assertEquals(103L, rig.hosts.figures().get("lines_duplicate"));
        }
    }

    @Test
    void eventsBearTheirOwnTimeAndRowsThatOfTheirRun() throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost host = rig.host("h");
            String events = rig.subscribe(
                    host, HostPortRig.query("e", "SELECT time, path FROM process_events", UpdateType.ADD));
            String last =
                    rig.subscribe(host, HostPortRig.query("l", "SELECT time, username FROM last", UpdateType.ADD));
            rig.await(host.send(
                    "result",
                    List.of(
                            added(events, "h", 1000, 0, "time", "990", "path", "/x"),
                            added(last, "h", 1000, 0, "time", "17", "username", "u"))));
            rig.awaitRows(2);
            List<HostEvent.Row> rows = rig.events(HostEvent.Row.class);
            assertEquals(990, rows.get(0).hostTime());
            assertEquals(1000, rows.get(1).hostTime());
            assertTrue(rows.get(0).arrivalTime() > 1e9);
        }
    }

    @Test
    void theClaimedIdentifierDoesNotCount() throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost host = rig.host("h");
            String name = rig.subscribe(host, PROCESSES);
            rig.await(host.send("result", List.of(line(name, "somebody else", "added", 1, 0, "pid", "1"))));
            rig.awaitRows(1);
            assertEquals("h", rig.events(HostEvent.Row.class).getFirst().hostId());
        }
    }

    // ---- groups

    @Test
    void groupsFollowAddressesAndDecorations() throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost host = rig.host("h");
            rig.hosts.join(java.util.Objects.requireNonNull(subnet("10.1.0.0/16")), "site/a");
            rig.hosts.subscribe(PROCESSES, new QueryTarget.Group("site/a"));
            rig.hosts.subscribe(
                    HostPortRig.query("t", "SELECT 1 AS one", UpdateType.ADD), new QueryTarget.Group("told"));
            rig.hosts.subscribe(
                    HostPortRig.query("p", "SELECT 2 AS two", UpdateType.ADD), new QueryTarget.Group("site"));
            rig.await(host.fetchConfig());
            assertEquals(1, host.schedule().size());
            String address = "tandem/addresses";
            rig.await(host.send(
                    "result",
                    List.of(
                            added(address, "h", 1, 0, "interface", "eth0", "address", "192.168.0.1"),
                            added(address, "h", 1, 0, "interface", "eth1", "address", "10.1.2.3"))));
            rig.until(() -> {
                rig.await(host.fetchConfig());
                return host.schedule().size() == 2;
            });
            rig.await(host.send(
                    "result",
                    List.of(
                            "{\"name\":\"x\",\"hostIdentifier\":\"h\",\"unixTime\":1,\"decorations\":{\"tandem_groups\":\"told,"
                                    + " other\"},\"columns\":{},\"action\":\"added\"}",
                            line(address, "h", "removed", 2, 1, "interface", "eth1", "address", "10.1.2.3"))));
            rig.until(() -> {
                rig.await(host.fetchConfig());
                return host.schedule().size() == 2 && host.queriesOf("one").size() == 1;
            });
        }
    }

    private static dev.tandem.core.value.Subnet subnet(String text) {
        int slash = text.indexOf('/');
        return new dev.tandem.core.value.Subnet(
                java.util.Objects.requireNonNull(dev.tandem.core.value.Addr.parse(text.substring(0, slash))),
                Integer.parseInt(text.substring(slash + 1)) + 96);
    }

    // ---- questions

    @Test
    void aQuestionIsOfferedOnceAndItsFirstAnswerCounts() throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost host = rig.host("h");
            rig.await(host.fetchConfig());
            rig.until(() -> !rig.events(HostEvent.Connected.class).isEmpty());
            HostQuery query = HostPortRig.query("q", "SELECT name, pid FROM processes", UpdateType.SNAPSHOT);
            rig.hosts.execute(query, new QueryTarget.Everyone());
            var questions = rig.await(host.fetchQuestions());
            assertEquals(1, questions.size());
            assertEquals(0, rig.await(host.fetchQuestions()).size());
            host.answering(sql -> {
                var rows = SimulatedHost.JSON.createArrayNode();
                rows.addObject().put("pid", "1").put("name", "a");
                return rows;
            });
            rig.await(host.writeAnswers(questions));
            rig.await(host.writeAnswers(questions));
            rig.until(() -> !rig.events(HostEvent.Finished.class).isEmpty());
            rig.poll();
            assertEquals(List.of("SNAPSHOT [a, 1]"), rig.rows());
            assertEquals(1, rig.events(HostEvent.Finished.class).size());
            assertEquals(1, rig.events(HostEvent.Finished.class).getFirst().rows());
        }
    }

    @Test
    void emptyAndFailedAnswersAndNoAnswerAreToldToo() throws Exception {
        try (HostPortRig rig =
                new HostPortRig(HostPortRig.settings(state, Set.of(HostPortRig.SECRET), null, false, 1))) {
            SimulatedHost host = rig.host("h");
            rig.await(host.fetchConfig());
            rig.until(() -> !rig.events(HostEvent.Connected.class).isEmpty());
            rig.hosts.execute(
                    HostPortRig.query("e", "SELECT 1 WHERE 0", UpdateType.SNAPSHOT), new QueryTarget.OneHost("h"));
            rig.await(host.answerQuestions());
            rig.hosts.execute(
                    HostPortRig.query("f", "SELECT a FROM extension", UpdateType.SNAPSHOT),
                    new QueryTarget.OneHost("h"));
            String id = rig.await(host.fetchQuestions()).fieldNames().next();
            var body = SimulatedHost.JSON.createObjectNode().put("node_key", host.key());
            body.putObject("queries").put(id, "");
            body.putObject("statuses").put(id, 1);
            body.putObject("messages").put(id, "distributed query is denylisted");
            rig.await(host.writeAnswers(body));
            rig.hosts.execute(HostPortRig.query("g", "SELECT 3", UpdateType.SNAPSHOT), new QueryTarget.OneHost("h"));
            rig.hosts.execute(
                    HostPortRig.query("k", "SELECT 4", UpdateType.SNAPSHOT), new QueryTarget.OneHost("nobody"));
            rig.hosts.execute(
                    HostPortRig.query("w", "DROP TABLE x", UpdateType.SNAPSHOT), new QueryTarget.OneHost("h"));
            rig.until(() -> rig.events(HostEvent.Finished.class).size() == 5);
            List<String> told = rig.events(HostEvent.Finished.class).stream()
                    .map(f -> f.query().event() + " " + f.rows() + " " + f.error())
                    .sorted()
                    .toList();
            assertEquals(
                    List.of(
                            "e 0 null",
                            "f 0 distributed query is denylisted",
                            "g 0 timed out",
                            "k 0 host is not connected",
                            "w 0 not a SELECT"),
                    told);
        }
    }

    // ---- what bites

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "17",
                "null",
                "{",
                "{\"a\":",
                "\"x\"",
                "{\"node_key\":5}",
                "{\"node_key\":\"\"}",
                "\u0000\u0001"
            })
    void everyAnswerIsANonEmptyObject(String body) throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            AgentConnection connection = new AgentConnection(rig.network, rig.network.loop());
            for (String path : List.of(
                    "enroll",
                    "config",
                    "log",
                    "distributed/read",
                    "distributed/write",
                    "carve/begin",
                    "carve/block",
                    "nothing")) {
                Answer answer = rig.await(
                        connection.post("/api/osquery/" + path, body.getBytes(StandardCharsets.UTF_8), null, false));
                var object = SimulatedHost.JSON.readTree(answer.body());
                assertTrue(
                        object != null && object.isObject(),
                        path + ": " + new String(answer.body(), StandardCharsets.UTF_8));
                assertTrue(object.has("error") || object.path("node_invalid").isBoolean(), path + ": " + object);
            }
        }
    }

    @Test
    void aBombIsRefusedAndTheHostIsToldToSendLess() throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost host = rig.host("h");
            rig.await(host.fetchConfig());
            int most = (int) Math.min(100 << 20, Runtime.getRuntime().maxMemory() / 16);
            byte[] body = new byte[most + 1000];
            byte[] start = ("{\"node_key\":\"" + host.key() + "\",\"data\":[").getBytes(StandardCharsets.UTF_8);
            System.arraycopy(start, 0, body, 0, start.length);
            Answer answer = rig.await(
                    new AgentConnection(rig.network, rig.network.loop()).post("/api/osquery/log", body, null, true));
            assertEquals(413, answer.status());
            assertTrue(SimulatedHost.JSON.readTree(answer.body()).has("error"));
            rig.await(host.fetchConfig());
            assertEquals(
                    512,
                    SimulatedHost.JSON
                            .readTree(host.configText())
                            .path("options")
                            .path("logger_tls_max_lines")
                            .asInt());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothVersionsOfTlsAreSpoken(String protocol) throws Exception {
        try (HostPortRig rig = new HostPortRig(state)) {
            SimulatedHost host = new SimulatedHost(
                    rig.network(protocol), "h", "i", HostPortRig.SECRET, new Habits(), new SimulatedHost.Totals());
            rig.await(host.fetchConfig());
        }
    }
}
