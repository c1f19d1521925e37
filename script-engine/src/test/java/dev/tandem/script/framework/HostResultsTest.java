package dev.tandem.script.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.QueryTarget;
import dev.tandem.core.host.UpdateType;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.record.SlotRecord;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.bif.OsqueryBifs;
import dev.tandem.script.log.FakeContext;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostResultsTest {
    private final List<List<Object>> calls = new ArrayList<>();
    private final FakeContext context = new FakeContext() {
        @Override
        public void raise(FuncValue event, @Nullable Object... args) {
            List<Object> call = new ArrayList<>();
            call.add(event.name());
            for (Object arg : args) {
                call.add(arg instanceof RecordValue r ? r.get(0) + "/" + r.get(1) + "/" + r.get(2) : arg);
            }
            calls.add(call);
        }
    };
    private final ScriptedHosts hosts = new ScriptedHosts();
    private final HostResults results = new HostResults(context, hosts);
    private final EnumType updates = new EnumType();
    private final RecordType info = new RecordType(List.of(
            field("host", Types.STRING),
            field("utype", updates),
            field("cookie", Types.STRING),
            field("host_time", Types.TIME),
            field("arrival_time", Types.TIME)));
    private final RecordType query = new RecordType(List.of(
            field("query", Types.STRING),
            field("utype", updates),
            field("inter", Types.COUNT),
            field("resT", Types.STRING),
            field("ev", Types.ANY),
            field("cookie", Types.STRING)));

    private static RecordField field(String name, Type type) {
        return new RecordField(name, type, Attributes.NONE.with(dev.tandem.script.types.Attr.OPTIONAL, null));
    }

    private FuncValue event(String name, RecordType params) {
        FuncType type = new FuncType(FuncType.Flavor.EVENT, params, Types.VOID, false);
        FuncValue f = new FuncValue(name, type) {
            @Override
            public @Nullable Object call(@Nullable Object... args) {
                return null;
            }
        };
        context.globals.put(name, f);
        return f;
    }

    private RecordValue query(FuncValue event, String sql) {
        RecordValue q = new SlotRecord(query);
        q.set(0, Bytes.of(sql));
        q.set(4, event);
        return q;
    }

    @BeforeEach
    void declareTypes() {
        for (UpdateType u : UpdateType.values()) {
            updates.add("osquery::" + u, null);
        }
        info.name("osquery::ResultInfo");
        query.name("osquery::Query");
        context.types.put("osquery::ResultInfo", info);
        context.types.put("osquery::Query", query);
        context.globals.put("osquery::BroID_Topic", Bytes.of("/bro/me"));
    }

    private RecordType params(Type... columns) {
        List<RecordField> all = new ArrayList<>();
        all.add(field("i", info));
        for (Type t : columns) {
            all.add(field("p" + all.size(), t));
        }
        return new RecordType(all);
    }

    private static final QueryTarget EVERYONE = new QueryTarget.Everyone();

    @Test
    void rowRaisesItsEventWithTypedColumns() {
        RecordValue q = query(event("seen", params(Types.STRING, Types.INT, Types.COUNT)), "SELECT 1");
        q.set(5, Bytes.of("c1"));
        assertTrue(results.subscribe(q, EVERYONE));
        HostQuery sent = hosts.query("SELECT 1");
        hosts.row("h1", sent, UpdateType.ADD, "x", "-5", "7");
        hosts.drain(results);
        assertEquals(List.of(List.of("seen", "h1/osquery::ADD/c1", Bytes.of("x"), -5L, 7L)), calls);
        assertEquals(new HostQuery("seen", "SELECT 1", UpdateType.ADD, 10, "c1", ""), sent);
    }

    @Test
    void queryKeepsItsIntervalUpdatesAndForeignTopic() {
        RecordValue q = query(event("seen", params()), "SELECT 2");
        q.set(1, updates.byName("osquery::BOTH"));
        q.set(2, 3L);
        q.set(3, Bytes.of("/bro/other"));
        results.subscribe(q, EVERYONE);
        assertEquals(new HostQuery("seen", "SELECT 2", UpdateType.BOTH, 3, "", "/bro/other"), hosts.query("SELECT 2"));
        q.set(3, Bytes.of("/bro/me"));
        results.execute(q, EVERYONE);
        assertEquals(new HostQuery("seen", "SELECT 2", UpdateType.SNAPSHOT, 3, "", ""), hosts.queries.get(1));
    }

    @Test
    void missingAndUnreadableColumnsAreUnknownValues() {
        results.subscribe(query(event("seen", params(Types.INT, Types.INT, Types.STRING)), "SELECT 3"), EVERYONE);
        HostQuery sent = hosts.query("SELECT 3");
        hosts.row("h1", sent, UpdateType.ADD, null, "many", null);
        hosts.row("h1", sent, UpdateType.ADD, "", "few", "");
        hosts.drain(results);
        assertEquals(List.of("seen", "h1/osquery::ADD/", -1L, -1L, Bytes.EMPTY), calls.get(0));
        assertEquals(2, calls.size());
        assertEquals(1, context.messages.size());
        assertTrue(context.messages.get(0).contains("\"many\""), context.messages.get(0));
    }

    @Test
    void wrongNumberOfColumnsIsReportedOncePerQueryAndHurtsNothingElse() {
        results.subscribe(query(event("bad", params(Types.INT)), "SELECT 4"), EVERYONE);
        results.subscribe(query(event("good", params(Types.INT)), "SELECT 5"), EVERYONE);
        for (int i = 0; i < 3; i++) {
            hosts.row("h1", hosts.query("SELECT 4"), UpdateType.ADD, "1", "2");
            hosts.row("h1", hosts.query("SELECT 5"), UpdateType.ADD, "1");
        }
        hosts.drain(results);
        assertEquals(3, calls.size());
        assertEquals(
                List.of("error: osquery: event bad takes 1 columns, its query gives 2 [c0, c1]: SELECT 4"),
                context.messages);
    }

    @Test
    void eventThatCannotTakeRowsIsReportedWhenSubscribed() {
        RecordType noInfo = new RecordType(List.of(field("x", Types.INT)));
        results.subscribe(query(event("bad", noInfo), "SELECT 6"), EVERYONE);
        assertEquals(1, context.messages.size());
        hosts.row("h1", hosts.query("SELECT 6"), UpdateType.ADD);
        hosts.drain(results);
        assertEquals(List.of(), calls);
    }

    @Test
    void queryWithoutEventOrTextIsRefused() {
        RecordValue q = new SlotRecord(query);
        q.set(0, Bytes.of("SELECT 7"));
        assertFalse(results.subscribe(q, EVERYONE));
        assertFalse(results.subscribe(query(event("seen", params()), " "), EVERYONE));
        assertEquals(2, context.messages.size());
        assertEquals(List.of(), hosts.asked);
    }

    @Test
    void hostsComingGoingAndFailingAreEvents() {
        RecordType one = new RecordType(List.of(field("h", Types.STRING)));
        event("osquery::host_connected", one);
        event("osquery::host_disconnected", one);
        event("osquery::host_error", one);
        event("osquery::query_finished", one);
        HostQuery q = new HostQuery("e", "SELECT 8", UpdateType.SNAPSHOT, 10, "k", "");
        hosts.say(new HostEvent.Connected("h1"));
        hosts.say(new HostEvent.Finished("h1", q, 0, null));
        hosts.say(new HostEvent.Finished("h1", q, 0, "no such table"));
        hosts.say(new HostEvent.Disconnected("h1"));
        hosts.drain(results);
        Bytes h = Bytes.of("h1");
        Bytes sql = Bytes.of("SELECT 8");
        assertEquals(
                List.of(
                        List.of("osquery::host_connected", h),
                        List.of("osquery::query_finished", h, sql, Bytes.of("k"), 0L, Bytes.EMPTY),
                        List.of("osquery::query_finished", h, sql, Bytes.of("k"), 0L, Bytes.of("no such table")),
                        List.of("osquery::host_error", h, Bytes.of("no such table: SELECT 8")),
                        List.of("osquery::host_disconnected", h)),
                calls);
    }

    @Test
    void targetIsTheHostElseTheGroupElseEveryone() {
        context.services.put(HostResults.class, results);
        RecordValue q = query(event("seen", params()), "SELECT 9");
        OsqueryBifs.subscribe(context, q, Bytes.of("h1"), Bytes.EMPTY);
        OsqueryBifs.subscribe(context, q, Bytes.EMPTY, Bytes.of("geo/de"));
        OsqueryBifs.unsubscribe(context, q, Bytes.EMPTY, Bytes.EMPTY);
        OsqueryBifs.join(context, Subnet.parse("10.0.0.0/8"), Bytes.of("g"));
        assertEquals(
                List.of(
                        "subscribe seen OneHost[hostId=h1]",
                        "subscribe seen Group[name=geo/de]",
                        "unsubscribe seen Everyone[]",
                        "join 10.0.0.0/8 g"),
                hosts.asked);
    }

    @Test
    void severalQueriesMayBeOneOrAVectorOfThem() {
        RecordType loose = new RecordType(List.of(
                new RecordField("ev", Types.ANY, Attributes.NONE),
                new RecordField("query", Types.STRING, Attributes.NONE)));
        RecordValue q = new SlotRecord(loose);
        q.set(0, event("seen", params()));
        q.set(1, Bytes.of("SELECT 10"));
        assertEquals(1, OsqueryBifs.queries(context, q).size());
        VectorValue two = new VectorValue(new VectorType(loose));
        two.add(q);
        two.add(q);
        VectorValue found = OsqueryBifs.queries(context, two);
        assertEquals(2, found.size());
        assertEquals(query, ((RecordValue) found.get(1)).layout());
        assertEquals(0, OsqueryBifs.queries(context, Bytes.of("SELECT 1")).size());
        assertEquals(1, context.messages.size());
    }
}
