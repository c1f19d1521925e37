package dev.tandem.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.engine.NetworkTime;
import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.log.LogWriterFactory;
import dev.tandem.script.source.LoadPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is said about scripts while they are read. The cases are in {@code static-rules.txt}: {@code === title}, the script,
 * and each expected message behind {@code -> }, without the name of the file. {@code <NUL>} stands for that byte; a title that
 * ends in {@code (lint)} asks for what is of no use too.
 */
final class StaticRulesTest {
    static Stream<Arguments> cases() throws IOException {
        String text;
        try (InputStream in = Objects.requireNonNull(StaticRulesTest.class.getResourceAsStream("static-rules.txt"))) {
            text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        List<Arguments> cases = new ArrayList<>();
        for (String part : text.split("(?m)^=== ")) {
            int end = part.indexOf('\n');
            if (part.isBlank() || part.startsWith("#")) {
                continue;
            }
            List<String> script = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (String line : part.substring(end + 1).split("\n")) {
                if (line.startsWith("-> ")) {
                    expected.add(line.substring(3));
                } else {
                    script.add(line);
                }
            }
            cases.add(Arguments.of(part.substring(0, end), String.join("\n", script), expected));
        }
        return cases.stream();
    }

    private static final class NoLogs implements LogWriterFactory {
        @Override
        public LogWriter open(String writer, LogSchema schema, double openTime, Listener listener) {
            throw new IllegalStateException("no log is expected");
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void scriptsAreJudged(String title, String script, List<String> expected) {
        List<String> said = new ArrayList<>();
        ScriptEngine engine = new ScriptEngine(
                new EventRegistry(),
                new EventQueue(),
                NetworkTime.replay(),
                new NoLogs(),
                new LoadPath(List.of()),
                d -> said.add(d.plain().replace("<command line>, ", "")),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.ISO_8859_1));
        if (title.endsWith("(lint)")) {
            engine.lint();
        }
        engine.code(script.replace("<NUL>", "\0"));
        engine.finishLoading();
        assertEquals(String.join("\n", expected), String.join("\n", said), title);
    }
}
