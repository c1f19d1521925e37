package dev.tandem.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.script.check.Diagnostic;
import dev.tandem.script.gen.JitOptions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts from text to output, without packets and shipped scripts: what the language itself does. */
class LanguageTest {
    private List<Diagnostic> diagnostics = List.of();

    private ScriptRun read(String text) {
        ScriptRun run = new ScriptRun(text, jit());
        diagnostics = run.diagnostics;
        return run;
    }

    /** Whether scripts are compiled: the same tests run either way. */
    JitOptions jit() {
        return JitOptions.OFF;
    }

    private String run(String text) {
        ScriptRun run = read(text);
        assertEquals(List.of(), run.problems());
        return run.start().finish().output();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "1 + 2 * 3 ~ 7",
                "7 / 2 ~ 3",
                "7 / 2.0 ~ 3.5",
                "-7 % 3 ~ -1",
                "2 min + 5 sec ~ 2.0 mins 5.0 secs",
                "1 hr / 30 min ~ 2.0",
                "10.1.2.3 in 10.0.0.0/8 ~ T",
                "10.1.2.3 / 16 ~ 10.1.0.0/16",
                "[2001:db8::1] < [2001:db8::2] ~ T",
                "80/tcp < 80/udp ~ T",
                "|\"abc\"| + |10.0.0.1| ~ 35",
                "/ab+/ == \"abb\" ~ T",
                "/b/ in \"abc\" ~ T",
                "/b/ == \"abc\" ~ F",
                "\"b\" in \"abc\" ~ T",
                "\"abcdef\"[1:3] ~ bc",
                "\"abcdef\"[-2] ~ e",
                "T ? 1 : 2 ~ 1",
                "1 in set(1, 2) && 3 !in set(1, 2) ~ T",
                "set(1, 2) | set(3) == set(3, 2, 1) ~ T",
                "vector(1, 2) + vector(10, 20) ~ [11, 22]",
                "[$a=1, $b=\"x\"] ~ [a=1, b=x]",
                "0xff & 0x0f ~ 15",
                "1 << 4 ~ 16",
                "90 as interval ~ 1.0 min 30.0 secs",
                "(-1.5) as time ~ -1.5",
                "1 min as double ~ 60.0",
                "double_to_time(7.0) as double ~ 7.0",
            })
    void expressionsHaveTheirValues(String expression, String printed) {
        assertEquals(printed + "\n", run("print " + expression + ";"));
    }

    @Test
    void eventsOfHigherPriorityRunFirstAndQueueOthers() {
        assertEquals("five\nzero\nminus\nlater 7\n", run("""
            global later: event(n: count);
            event zeek_init() { print "zero"; event later(7); }
            event zeek_init() &priority=5 { print "five"; }
            event zeek_init() &priority=-1 { print "minus"; }
            event later(n: count) { print fmt("later %d", n); }
            """));
    }

    @Test
    void theOldInitEventRunsToo() {
        assertEquals("old\n", run("event bro_init() { print \"old\"; }"));
    }

    @Test
    void recordsAreSharedUntilTheyAreCopied() {
        assertEquals("2, 1, 5\n", run("""
            type R: record { n: count &default=5; s: string &optional; };
            local a = R($n=1);
            local b = a;
            local c = copy(a);
            b$n = 2;
            print a$n, c$n, R()$n;
            """));
    }

    @Test
    void fieldsAddedLaterAreUnsetInTheTypesOtherUses() {
        assertEquals("F, T, x\n", run("""
            type R: record { n: count; };
            redef record R += { s: string &optional; d: string &default="x"; };
            local r = R($n=1);
            print r?$s, r?$d, r$d;
            """));
    }

    @Test
    void tablesGiveDefaultsWithoutKeepingThem() {
        assertEquals("3, F, 4, T\n", run("""
            global t: table[string] of count &default=3;
            local first = t["a"];
            local kept = "a" in t;
            ++t["a"];
            print first, kept, t["a"], "a" in t;
            """));
    }

    @Test
    void subnetTablesGiveTheLongestMatch() {
        assertEquals("sixteen, eight\n", run("""
            local t: table[subnet] of string = { [10.0.0.0/8] = "eight", [10.1.0.0/16] = "sixteen" };
            print t[10.1.2.3], t[10.2.0.1];
            """));
    }

    @Test
    void aLoopSurvivesTheDeletionOfWhatItPasses() {
        assertEquals("3, 0\n", run("""
            local s = set(1, 2, 3);
            local n = 0;
            for ( x in s ) { ++n; delete s[x]; }
            print n, |s|;
            """));
    }

    @Test
    void compositeKeysAreTakenApart() {
        assertEquals("10.0.0.1, 80/tcp, 6\n", run("""
            local t: table[addr, port] of count;
            t[10.0.0.1, 80/tcp] = 5;
            t[10.0.0.1, 80/tcp] += 1;
            for ( [a, p], c in t ) print a, p, c;
            """));
    }

    @Test
    void switchGoesOnOnlyByFallthrough() {
        assertEquals("b\nc\nother\n", run("""
            function f(n: count)
                {
                switch ( n ) {
                    case 1: print "a"; break;
                    case 2: print "b"; fallthrough;
                    case 3: print "c"; break;
                    default: print "other"; break;
                    }
                }
            f(2);
            f(9);
            """));
    }

    /** Each table has the locals of the moment in which it was made, and keeps the one function. */
    @Test
    void aLocalTablesAttributesMayNameLocals() {
        assertEquals("103\n203\n7\n105\n", run("""
                function named(base: count): table[count] of count
                    {
                    local t: table[count] of count = { [1] = 7 } &default=function[base](i: count): count { return base += i; };
                    return t;
                    }
                event zeek_init()
                    {
                    local a = named(100);
                    local b = named(200);
                    print a[3];
                    print b[3];
                    print a[1];
                    local otherwise = 105;
                    local c = table(["z"] = 1) &default=otherwise;
                    print c["y"];
                    }
                """));
    }

    @Test
    void aHookBodyMayVeto() {
        assertEquals("first\nF\nT\n", run("""
                global h: hook(n: count);
                hook h(n: count) &priority=1 { print "first"; if ( n == 1 ) break; }
                global g: hook(n: count);
                hook g(n: count) { }
                local veto = hook h(1);
                print veto;
                print hook g(1);
                """));
    }

    @Test
    void aLambdaKeepsItsOwnCaptures() {
        assertEquals("1, 2, 0\n", run("""
            function make(): function(): count
                {
                local n = 0;
                return function[n](): count { return ++n; };
                }
            local f = make();
            local g = make();
            local one = f();
            local two = f();
            print one, two, g() - 1;
            """));
    }

    @Test
    void anErrorEndsItsOwnBodyOnly() {
        assertEquals("before\nsecond\n", run("""
            global t: table[count] of count;
            event zeek_init() { print "before"; print t[7]; print "never"; }
            event zeek_init() { print "second"; }
            """));
    }

    @Test
    void conditionsOfDirectivesCallScriptFunctions() {
        assertEquals("yes\n", run("""
            function yes(): bool { return T; }
            @if ( yes() )
            print "yes";
            @else
            print "no";
            @endif
            @ifdef ( nothing_of_that_name )
            print "defined";
            @endif
            """));
    }

    @Test
    void redefinitionsActInOrder() {
        assertEquals("{\n\t1,\n\t2,\n\t3\n}".replace("\t", "") + ", 8\n", run("""
            const s: set[count] = { 1 } &redef;
            const n = 1 &redef;
            redef s += { 2, 3 };
            redef n = 8;
            print s, n;
            """));
    }

    @Test
    void bracesWithoutATypeMakeASet() {
        assertEquals("T, 2\n", run("""
            const names = { "a", "b" };
            print "a" in names, |names|;
            """));
    }

    @Test
    void anyKnowsItsType() {
        assertEquals("count 3\nstring x\nother\n", run("""
            function what(x: any)
                {
                switch ( x ) {
                    case type count as c: print fmt("count %d", c); break;
                    case type string as s: print fmt("string %s", s); break;
                    default: print "other"; break;
                    }
                }
            what(3);
            what("x");
            what(1.5);
            """));
    }

    @Test
    void aHandlerMayTakeFewerParametersByName() {
        assertEquals("second\n", run("""
            global e: event(a: count, b: string);
            global e: event(b: string);
            event e(b: string) { print b; }
            event zeek_init() { event e(1, "second"); }
            """));
    }

    @Test
    void whenRunsItsBodyOnceItsConditionHolds() {
        assertEquals("waiting\nheld 1\n", run("""
            global ready = F;
            event zeek_init()
                {
                local n = 1;
                when [n] ( ready ) { print fmt("held %d", n); }
                print "waiting";
                }
            event zeek_done() { ready = T; }
            """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "print 1 + \"a\"; ~ 1 ~ requires arithmetic operands",
                "print nothing; ~ 1 ~ unknown identifier",
                "global x: count = \"a\"; ~ 1 ~ assignment of non-arithmetic value",
                "type R: record { a: count; }; print R($b=1); ~ 1 ~ no such field in record",
                "function f() { break; } ~ 1 ~ break statement",
                "print 1 ~ 1 ~ syntax error",
                "redef nothing = 1; ~ 1 ~ not previously defined",
            })
    void errorsNameTheirPlace(String text, int line, String message) {
        assertTrue(read(text).engine.hasErrors());
        Diagnostic first = diagnostics.get(0);
        assertEquals(line, first.at().line());
        assertTrue(first.message().contains(message), first.plain());
    }

    @Test
    void everyErrorOfAScriptIsReported() {
        read("global a: count = \"x\";\n"
                + "event zeek_init()\n"
                + "\t{\n"
                + "\tprint unknown;\n"
                + "\t}\n"
                + "function f() {\n"
                + "\tlocal = 3;\n"
                + "}\n"
                + "global b: nope;\n");
        assertEquals(
                List.of(1, 4, 7, 9),
                diagnostics.stream().map(d -> d.at().line()).distinct().toList());
    }

    @Test
    void aMisspeltNameIsMet() {
        read("global number_of_hosts = 3;\nprint number_of_host;");
        assertEquals("did you mean 'number_of_hosts'?", diagnostics.get(0).hint());
    }

    @Test
    void noTextMakesTheParserFail() {
        String seed = "module M; export { type R: record { a: count &default=1; b: set[addr, port]; }; } event x(c:"
                + " count) &priority=3 { for ( [a, p] in s ) if ( a in 10.0.0.0/8 ) print fmt(\"%s\", /re*/i); when ( T )"
                + " { } timeout 5 sec { } switch ( c ) { case 1: return; default: break; } } @if ( T ) @else @endif";
        Random random = new Random(11);
        for (int i = 0; i < 3000; i++) {
            char[] text = seed.toCharArray();
            for (int change = random.nextInt(6); change >= 0; change--) {
                text[random.nextInt(text.length)] = (char) random.nextInt(128);
            }
            int from = random.nextInt(20);
            String mutated = new String(text, from, random.nextInt(text.length - from));
            read(mutated);
            for (Diagnostic d : diagnostics) {
                assertFalse(d.message().isEmpty(), mutated);
            }
        }
    }

    @Test
    void aPrototypeStandsForWhatIsBuiltInOrFailsWhenCalled() {
        assertEquals("ABC\nbefore\n", run("""
                        global to_upper: function(str: string): string;
                        global not_ours: function(str: string): string;

                        event zeek_init()
                            {
                            print to_upper("abc");

                            if ( F )
                                print not_ours("abc");

                            print "before";
                            print not_ours("abc");
                            print "after";
                            }
                        """));
    }

    /** With what the call looks like, defaults included, and the argument at fault; variadic functions check by themselves. */
    @Test
    void aBuiltInFunctionSaysWhichCallIsWrong() {
        assertEquals("""
                0
                bad conversion to count (to_count(s, 10) and x), <command line>, line 9
                cat_sep() takes at least 2 argument(s), got 1 (cat_sep(-)), <command line>, line 14
                expected type string for def, got count (cat_sep(-, 1)), <command line>, line 19
                """, run("""
                        event reporter_error(t: time, msg: string, location: string)
                            {
                            if ( /value used/ !in msg )
                                print msg, location;
                            }

                        function count_of(s: string): count
                            {
                            return to_count(s);
                            }

                        event zeek_init()
                            {
                            cat_sep("-");
                            }

                        event zeek_init()
                            {
                            cat_sep("-", 1);
                            }

                        event zeek_init() &priority=1
                            {
                            print count_of("x");
                            }
                        """));
    }
}
