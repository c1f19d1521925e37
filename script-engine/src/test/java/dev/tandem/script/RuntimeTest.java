package dev.tandem.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.script.gen.JitOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What scripts do while they run: waiting, expiry, changes of tables, errors, conversions. */
class RuntimeTest {
    /** Errors and warnings are printed as events of their own. */
    private static final String MESSAGES = """
        global reporter_error: event(t: time, msg: string, location: string);
        global reporter_warning: event(t: time, msg: string, location: string);
        event reporter_error(t: time, msg: string, location: string) { print "E: " + msg; }
        event reporter_warning(t: time, msg: string, location: string) { print "W: " + msg; }
        """;

    private static final String CHANGES = """
        type TableChange: enum {
            TABLE_ELEMENT_NEW, TABLE_ELEMENT_CHANGED, TABLE_ELEMENT_REMOVED, TABLE_ELEMENT_EXPIRED };
        """;

    JitOptions jit() {
        return JitOptions.OFF;
    }

    private ScriptRun begun(String text) {
        ScriptRun run = new ScriptRun(MESSAGES + text, jit());
        assertEquals(List.of(), run.problems());
        return run.start();
    }

    private String run(String text) {
        return begun(text).finish().output();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "\" 7\" as count ~ 7",
                "\"-7\" as int ~ -7",
                "\"0.5\" as double ~ 0.5",
                "\"1.2.3.4\" as addr ~ 1.2.3.4",
                "\"10.0.0.0/8\" as subnet ~ 10.0.0.0/8",
                "\"53/udp\" as port ~ 53/udp",
                "2.5 as int ~ 2",
                "3.5 as count ~ 4",
                "61.0 as interval ~ 1.0 min 1.0 sec",
                "5 as time ~ 5.0",
                "1.2.3.4 as subnet ~ 1.2.3.4/32",
                "10.0.0.0/8 as count ~ 8",
                "53/udp as count ~ 53",
                "16909060 as addr ~ 1.2.3.4",
                "vector(2, 2) as set[count] == set(2) ~ T",
                "set(4) as vector of count ~ [4]",
                "\"x\" ?as count ~ F",
                "(-1.0) ?as count ~ F",
                "4294967296 ?as addr ~ F",
            })
    void valuesAreConvertedByAs(String expression, String printed) {
        assertEquals(printed + "\n", run("print " + expression + ";"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "local t: table[count] of count; print t[3]; ~ E: no such index (t[3])",
                "local v = vector(1); print v[5]; ~ E: no such index (v[5])",
                "local i = 0; print 5 / i; ~ E: division by zero (5 / i)",
                "local w = 33; print 1.2.3.4 / w; ~ E: bad IPv4 subnet prefix length: 33 (1.2.3.4 / w)",
                "local c = 1; print c - 2 > 5; ~ T|W: count underflow (c - 2)",
                "local x: any = 5; print x as string; ~"
                        + " E: invalid cast of value with type 'count' to type 'string' (x as string)",
            })
    void messagesNameTheExpression(String body, String printed) {
        assertEquals(printed.replace('|', '\n') + "\n", run("event zeek_init() { " + body + " }"));
    }

    @Test
    void anErrorEndsOnlyTheBodyItIsIn() {
        assertEquals(
                "second\nafter hook\nE: value used but not set (missing)\nE: value used but not set (missing)\n",
                run("""
                    global missing: function(): count;
                    global h: hook();
                    hook h() { print missing(); }
                    event zeek_init() &priority=3 { print missing(); }
                    event zeek_init() &priority=2 { print "second"; hook h(); print "after hook"; }
                    """));
    }

    @Test
    void newAndDeletedEntriesInsideALoopAreTold() {
        assertEquals("1\nW: possible loop/iterator invalidation (t[9])\n", run("""
            event zeek_init() {
                local t = table([1] = 1);
                for ( k in t ) { t[1] = 5; delete t[7]; t[9] = 1; break; }
                t[10] = 1;
                print 9 in t ? 1 : 0;
            }
            """));
    }

    @Test
    void conditionsWaitForWhatTheyLookAt() {
        assertEquals("""
            set later
            global
            by index
            time-out of inner
            """, begun("""
                    type R: record { s: string; inner: set[string] &optional; };
                    global x = 1;
                    global t: table[count] of R;
                    event zeek_init() {
                        t[1] = [$s="a"];
                        t[2] = [$s="a", $inner=set("p")];
                        when ( x == 2 ) { print "global"; }
                        when ( t[1]$s == "b" ) { print "by index"; }
                        # What is inside an element is not looked at.
                        when ( "q" in t[2]$inner ) { print "not told"; }
                        timeout 3 sec { print "time-out of inner"; }
                        print "set later";
                        x = 2;
                        t[1]$s = "b";
                        add t[2]$inner["q"];
                    }
                    """).advance(100).advance(102).advance(104).output());
    }

    @Test
    void aFunctionMayGiveItsResultLater() {
        assertEquals(
                "started\ngot late 7, 1\n", begun("""
                    global ready: set[count];
                    global calls = 0;
                    function later(n: count): string {
                        ++calls;
                        return when [n] ( n in ready ) { return fmt("late %d", n); }
                    }
                    global fire: event();
                    event fire() { add ready[7]; }
                    event zeek_init() {
                        when ( local r = later(7) ) { print "got " + r, calls; }
                        print "started";
                        schedule 1 sec { fire() };
                    }
                    """).advance(10).advance(12).output());
    }

    @Test
    void changesOfTablesAreTold() {
        assertEquals("""
            a, TABLE_ELEMENT_NEW, 1
            a, TABLE_ELEMENT_CHANGED, 1
            a, TABLE_ELEMENT_REMOVED, 2
            copied, TABLE_ELEMENT_NEW, 5
            """, run(CHANGES + """
                    function changed(t: table[string] of count, what: TableChange, k: string, v: count) {
                        print k, what, v;
                        if ( k == "a" && what == TABLE_ELEMENT_CHANGED ) t["quiet"] = 1;
                    }
                    global t: table[string] of count &on_change=changed;
                    event zeek_init() {
                        t["a"] = 1;
                        t["a"] = 2;
                        delete t["a"];
                        local c = copy(t);
                        c["copied"] = 5;
                    }
                    """));
    }

    @Test
    void entriesExpireAndMayAskForMoreTime() {
        String script = CHANGES + """
            redef table_expire_interval = 1 sec;
            global more = T;
            function over(t: table[string] of count, k: string): interval {
                print "over", k;
                if ( k == "keep" && more ) { more = F; return 5 sec; }
                return 0 sec;
            }
            function changed(t: table[string] of count, what: TableChange, k: string, v: count) {
                if ( what == TABLE_ELEMENT_EXPIRED ) print "expired", k;
            }
            global t: table[string] of count &create_expire=3 sec &expire_func=over &on_change=changed;
            global put: event();
            event put() { t["keep"] = 1; t["go"] = 2; }
            event zeek_init() { schedule 1 sec { put() }; }
            """;
        ScriptRun run = begun("const table_expire_interval = 10 sec &redef;" + script);
        for (double now = 100; now <= 105; now++) {
            run.advance(now);
        }
        assertEquals("over, keep\nover, go\nexpired, go\n", run.output());
        for (double now = 106; now <= 112; now++) {
            run.advance(now);
        }
        assertEquals("over, keep\nover, go\nexpired, go\nover, keep\nexpired, keep\n", run.output());
    }

    /** Interpreted bodies are counted; compiled ones end where Java's stack does. */
    @Test
    void aRecursionWithoutEndEndsItsHandlerAlone() {
        String output = run("""
            global down: function(n: count): count;
            function down(n: count): count { return down(n + 1) + 1; }
            event zeek_init() &priority=1 { down(0); print "never"; }
            event zeek_init() { print "other"; }
            """);
        assertTrue(output.matches("other\nE: maximum recursion depth (1000 )?exceeded\n"), output);
    }

    @Test
    void hooksThatCallThemselvesEndInOneError() {
        String output = run("""
            global h: hook(n: count);
            hook h(n: count) { hook h(n + 1); }
            event zeek_init() &priority=1 { hook h(0); }
            event zeek_init() { print "other"; }
            """);
        assertTrue(output.matches("other\nE: maximum recursion depth (1000 )?exceeded\n"), output);
    }

    @Test
    void aTableInAFieldGoesByTheFieldsAttributes() {
        String script = """
            redef table_expire_interval = 1 sec;
            function over(t: table[string] of count, k: string): interval { print "over", k; return 0 sec; }
            type R: record {
                t: table[string] of count &create_expire=3 sec &expire_func=over;
                keeps: set[string];
            };
            global r: R;
            global put: event();
            event put() { r$t["x"] = 1; add r$keeps["y"]; }
            event zeek_init() { schedule 1 sec { put() }; }
            """;
        ScriptRun run = begun("const table_expire_interval = 10 sec &redef;" + script);
        for (double now = 100; now <= 108; now++) {
            run.advance(now);
        }
        assertEquals("over, x\n", run.output());
    }

    @Test
    void recordsMadeBeforeTheirTypeGrewGetTheNewDefaults() {
        assertEquals("[n=1, m=5], [n=2, m=5], T\n", run("""
            type R: record { n: count; };
            global r = R($n=1);
            global v = vector(R($n=2));
            global t: table[R] of count = table([r] = 1);
            redef record R += { m: count &default=5; };
            print r, v[0], R($n=1) in t;
            """));
    }

    @Test
    void functionsThatWaitBelongToConditions() {
        assertEquals(
                "<error>\nE: lookup_addr() can only be called inside a when-condition (lookup_addr(127.0.0.1))\n",
                run("event zeek_init() { print lookup_addr(127.0.0.1); }"));
    }

    @Test
    void functionsPrintWithTypeAndBody() {
        assertEquals(
                "f: function(n:count) : string\n{ \nif (1 < n) \n{ \nreturn (a);\n}\n\nreturn (b);\n}\n", run("""
                    function f(n: count): string { if ( n > 1 ) { return "a"; } return "b"; }
                    event zeek_init() { print f; }
                    """));
    }

    @Test
    void aVectorOfAnyThatIsOneOfCountsTakesNoStrings() {
        assertEquals("E: type-checking failed in vector append (v += x)\n", run("""
            function add_to(v: vector of any) { v += "x"; print "not reached"; }
            event zeek_init() { local v = vector(1); add_to(v); }
            """));
    }

    @Test
    void handlersSwitchThoseThatComeAfterThemOnAndOff() {
        assertEquals("""
            first, T
            first, F
            observer
            first, T
            """, run("""
                    global disable_event_group: function(group: string): bool;
                    global enable_event_group: function(group: string): bool;
                    global e: event(off: bool);
                    event e(off: bool) {
                        print "first", off;
                        if ( off ) disable_event_group("g"); else enable_event_group("g");
                    }
                    event e(off: bool) &group="g" &priority=-1 { print "observer"; }
                    event zeek_init() { event e(T); event e(F); event e(T); }
                    """));
    }

    @Test
    void handlersMayBeInSeveralGroups() {
        assertEquals("b\nnone\n", run("""
            global disable_event_group: function(group: string): bool;
            global e: event();
            event e() &group="a" &group="b" &priority=3 { print "a and b"; }
            event e() &group="b" &priority=2 { print "b"; }
            event e() { print "none"; }
            event zeek_init() { disable_event_group("a"); event e(); }
            """));
    }

    @Test
    void metadataOfAnEventIsItsTimeWhenScriptsAskForIt() {
        String script = """
                type any_vec: vector of any;
                module EventMetadata;
                export {
                    type ID: enum { NETWORK_TIMESTAMP = 1, MINE = 1000 };
                    const add_network_timestamp = %s &redef;
                    global current: function(id: ID): any_vec;
                    global register: function(id: ID, t: any): bool;
                }
                module GLOBAL;
                global current_event_time: function(): time;
                print EventMetadata::current(EventMetadata::NETWORK_TIMESTAMP);
                event late() {
                    print EventMetadata::current(EventMetadata::NETWORK_TIMESTAMP), current_event_time();
                }
                event zeek_init() {
                    print EventMetadata::register(EventMetadata::MINE, any);
                    print EventMetadata::register(EventMetadata::MINE, count);
                    print EventMetadata::register(EventMetadata::MINE, string);
                    schedule 2 sec { late() };
                }
                """;
        assertEquals(
                "[]\nF\nT\nF\n[2.0], 2.0\n",
                begun(script.formatted("T")).advance(5).finish().output());
        assertEquals(
                "[]\nF\nT\nF\n[], -1.0\n",
                begun(script.formatted("F")).advance(5).finish().output());
    }
}
