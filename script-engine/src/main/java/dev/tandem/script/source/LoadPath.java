package dev.tandem.script.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code @load} finds scripts: beside the loading file for names that begin with a dot, else in the directories of
 * the path in order (zeek {@code src/util.cc}, find_file).
 */
public final class LoadPath {
    private static final String[] SUFFIXES = {".zeek", ".bro"};

    private final List<Path> directories;

    public LoadPath(List<Path> directories) {
        this.directories = List.copyOf(directories);
    }

    /** The directories named by ZEEKPATH or BROPATH style text, separated by colons. */
    public static List<Path> split(String path) {
        List<Path> out = new ArrayList<>();
        for (String part : path.split(":", -1)) {
            out.add(Path.of(part.isEmpty() ? "." : part));
        }
        return out;
    }

    public List<Path> directories() {
        return directories;
    }

    /**
     * The file that a name means; null when there is none.
     *
     * @param loader the loading file, null for the command line
     */
    public @Nullable Path find(String name, @Nullable Path loader) {
        if (name.indexOf('\0') >= 0) {
            return null; // what no file can be called
        }
        Path plain = Path.of(name);
        if (plain.isAbsolute()) {
            return variant(plain);
        }
        if (name.startsWith("./") || name.startsWith("../") || name.equals(".") || name.equals("..")) {
            Path folder = loader == null ? null : loader.getParent();
            return variant(folder == null ? plain : folder.resolve(name));
        }
        for (Path directory : directories) {
            Path found = variant(directory.resolve(name));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Path variant(Path path) {
        Path folder = path.getParent();
        String name = String.valueOf(path.getFileName());
        for (String suffix : SUFFIXES) {
            Path with = folder == null ? Path.of(name + suffix) : folder.resolve(name + suffix);
            if (Files.isRegularFile(with)) {
                return with;
            }
        }
        if (Files.isDirectory(path)) {
            for (String suffix : SUFFIXES) {
                Path load = path.resolve("__load__" + suffix);
                if (Files.isRegularFile(load)) {
                    return load;
                }
            }
            return null;
        }
        return Files.exists(path) ? path : null;
    }

    /** Reads a script. */
    public static Source read(Path file) throws IOException {
        Path real = file.toRealPath();
        return new Source(file.toString(), real.toString(), Files.readAllBytes(file));
    }
}
