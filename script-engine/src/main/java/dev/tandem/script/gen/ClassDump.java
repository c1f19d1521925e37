package dev.tandem.script.gen;

import dev.tandem.script.runtime.Reporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes the generated classes of one function, event or hook as files for {@code javap -c -l -p}: NAME.class, for further
 * bodies NAME$2.class and so on.
 */
final class ClassDump implements GeneratedClassLoader.Listener {
    private final @Nullable String wanted;
    private final Path directory;
    private final Reporter reporter;

    /** @param wanted full script name, null for none; {@code loop} is all loops that were compiled by themselves */
    ClassDump(@Nullable String wanted, Path directory, Reporter reporter) {
        this.wanted = wanted;
        this.directory = directory;
        this.reporter = reporter;
    }

    @Override
    public void made(String name, byte[] bytes) {
        String simple = name.substring(name.lastIndexOf('.') + 1);
        int number = simple.indexOf('$');
        if (wanted == null || !wanted.equals(number < 0 ? simple : simple.substring(0, number))) {
            return;
        }
        Path file = directory.resolve(simple + ".class");
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            reporter.error("can't write " + file + ": " + e.getMessage(), null);
        }
    }
}
