package dev.tandem.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages for users show as scripts are scripts. */
final class ScriptPagesTest {
    private static final Path PAGES = Path.of("../docs/scripting");
    private static final Pattern SCRIPT = Pattern.compile("```zeek\\n(.*?)```", Pattern.DOTALL);

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.filter(f -> f.toString().endsWith(".md")).toList().stream();
        }
    }

    private static List<String> scripts(Path page) throws IOException {
        return SCRIPT.matcher(Files.readString(page))
                .results()
                .map((MatchResult m) -> m.group(1))
                .toList();
    }

    private static ScriptEngine engine(Consumer<Diagnostic> problems) {
        return new ScriptEngine(
                new EventRegistry(),
                new EventQueue(),
                NetworkTime.replay(),
                new NoWriters(),
                new LoadPath(List.of(ScriptRig.SCRIPTS, ScriptRig.SCRIPTS.resolve("policy"))),
                problems,
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    private static final class NoWriters implements LogWriterFactory {
        @Override
        public LogWriter open(String writer, LogSchema schema, double openTime, Listener listener) {
            throw new IllegalStateException("nothing runs");
        }

        @Override
        public void close() {}
    }

    /** The scripts of a page may build on one another. */
    @ParameterizedTest
    @MethodSource("pages")
    void scriptsAreRight(Path page) throws IOException {
        List<String> errors = new ArrayList<>();
        ScriptEngine engine = engine(d -> {
            if (d.severity() != Diagnostic.Severity.WARNING) {
                errors.add(d.plain());
            }
        });
        engine.loadDefault();
        scripts(page).forEach(engine::code);
        engine.finishLoading();
        assertEquals(List.of(), errors);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Path page) throws IOException {
        Pattern link = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");
        String prose = Files.readString(page).replaceAll("(?s)```.*?```|`[^`]*`", "");
        link.matcher(prose).results().forEach(m -> assertTrue(Files.exists(PAGES.resolve(m.group(1))), m.group(1)));
    }
}
