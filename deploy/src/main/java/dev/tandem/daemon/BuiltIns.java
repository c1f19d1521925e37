package dev.tandem.daemon;

import java.io.PrintStream;
import java.util.List;

/** Parts of this program that are plugins in Zeek, under the names that scripts and their tests ask for there. */
final class BuiltIns {
    private record Part(String name, String what) {}

    private static final List<Part> PARTS = List.of(
            new Part("Zeek::AsciiWriter", "logs as text or JSON"),
            new Part("Zeek::NoneWriter", "logs that nobody wants"),
            new Part("Zeek::SQLiteWriter", "logs in SQLite databases"));

    private BuiltIns() {}

    /**
     * A line each, as {@code zeek -N} writes them.
     *
     * @param wanted names; empty for all
     * @return false when something wanted is not there
     */
    static boolean print(PrintStream out, List<String> wanted) {
        List<Part> found = PARTS.stream()
                .filter(p -> wanted.isEmpty() || wanted.contains(p.name))
                .toList();
        found.forEach(p -> out.println(p.name + " - " + p.what + " (built-in)"));
        return wanted.isEmpty() || found.size() == wanted.size();
    }
}
