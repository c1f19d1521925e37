package dev.tandem.script;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.tandem.core.engine.NetworkTime;
import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.log.LogWriterFactory;
import dev.tandem.script.check.Diagnostic;
import dev.tandem.script.source.LoadPath;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random scripts and shipped scripts with random changes are read: nothing is thrown, reading ends, and each error says
 * where. {@code -Dtandem.fuzz=N} reads N scripts instead of a few.
 */
final class ParserFuzzTest {
    private static final int FEW = 300;
    private static final int LONGEST = 6000;
    private static final String[] WORDS = {
        "global",
        "local",
        "const",
        "option",
        "redef",
        "type",
        "record",
        "enum",
        "set",
        "table",
        "vector",
        "of",
        "event",
        "hook",
        "function",
        "if",
        "else",
        "for",
        "while",
        "switch",
        "case",
        "default",
        "break",
        "next",
        "fallthrough",
        "return",
        "when",
        "timeout",
        "print",
        "add",
        "delete",
        "copy",
        "schedule",
        "in",
        "!in",
        "is",
        "as",
        "?as",
        "any",
        "count",
        "int",
        "string",
        "addr",
        "port",
        "subnet",
        "pattern",
        "interval",
        "time",
        "bool",
        "double",
        "export",
        "module",
        "@if",
        "@ifdef",
        "@else",
        "@endif",
        "@load",
        "@pragma",
        "&redef",
        "&default",
        "&optional",
        "&priority",
        "&log",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ";",
        ",",
        ":",
        "=",
        "+=",
        "-=",
        "==",
        "!=",
        "<",
        ">",
        "<=",
        ">=",
        "+",
        "-",
        "*",
        "/",
        "%",
        "&",
        "|",
        "^",
        "~",
        "!",
        "&&",
        "||",
        "++",
        "--",
        "<<",
        ">>",
        "?",
        "$",
        "?$",
        "::",
        "x",
        "y",
        "f",
        "R",
        "M::x",
        "1",
        "2.5",
        "\"s\"",
        "/re/",
        "80/tcp",
        "10.0.0.1",
        "10.0.0.0/8",
        "[::1]",
        "5 min",
        "T",
        "F",
        "_",
        "\"",
        "\n",
        "#",
        "\\",
        "zeek_init",
        "0xff",
        "18446744073709551615"
    };

    private static final class NoLogs implements LogWriterFactory {
        @Override
        public LogWriter open(String writer, LogSchema schema, double openTime, Listener listener) {
            throw new IllegalStateException("no log is expected");
        }

        @Override
        public void close() {}
    }

    @Test
    void anyTextIsReadToItsEnd() throws IOException {
        List<String> seeds = seeds();
        int scripts = Integer.getInteger("tandem.fuzz", FEW);
        for (int i = 0; i < scripts; i++) {
            Random random = new Random(i);
            String text = i % 4 == 0 ? invented(random) : changed(seeds.get(random.nextInt(seeds.size())), random);
            int seed = i;
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> read(text, seed), () -> "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "!",
                "|",
                "[",
                "{",
                "if ( T ) ",
                "global x: vector of ",
                "x = ",
                "f(",
                "x ? ",
                "$a=[",
                "@if ( T )\n"
            })
    void deepNestingIsRefused(String opening) {
        String text =
                opening.contains("global") ? "global x: " + "vector of ".repeat(100_000) : opening.repeat(100_000);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> read(text, -1));
    }

    private static List<String> seeds() throws IOException {
        List<String> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ScriptRig.SCRIPTS)) {
            for (Path p :
                    files.filter(f -> f.toString().endsWith(".zeek")).sorted().toList()) {
                String text = Files.readString(p, StandardCharsets.ISO_8859_1);
                seeds.add(text.substring(0, Math.min(text.length(), LONGEST)));
            }
        }
        return seeds;
    }

    private static String invented(Random random) {
        StringBuilder text = new StringBuilder();
        for (int words = random.nextInt(200); words > 0; words--) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(8) == 0 ? "" : " ");
        }
        return text.toString();
    }

    /** A script with bytes, words and lines replaced, doubled or left out. */
    private static String changed(String seed, Random random) {
        StringBuilder text = new StringBuilder(seed);
        for (int change = random.nextInt(8); change >= 0 && text.length() > 1; change--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(40));
            switch (random.nextInt(5)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.delete(at, end);
                case 2 -> text.insert(at, " " + WORDS[random.nextInt(WORDS.length)] + " ");
                case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
                default -> text.setLength(at);
            }
        }
        return text.toString();
    }

    private static void read(String text, int seed) {
        List<Diagnostic> said = new ArrayList<>();
        ScriptEngine engine = new ScriptEngine(
                new EventRegistry(),
                new EventQueue(),
                NetworkTime.replay(),
                new NoLogs(),
                new LoadPath(List.of()),
                said::add,
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.ISO_8859_1));
        try {
            engine.code(text);
            engine.finishLoading();
        } catch (RuntimeException | StackOverflowError e) {
            fail("seed " + seed + "\n" + text, e);
        }
        for (Diagnostic d : said) {
            if (d.severity() != Diagnostic.Severity.WARNING) {
                assertTrue(d.at().isKnown(), () -> "seed " + seed + ": " + d.plain());
            }
        }
    }
}
