package dev.tandem.logwriters;

import dev.tandem.core.storage.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where it is stored how far the input was used and how long the logs then were: a line with the place, a line for each log
 * (length, the file's own identity, path; parted by TAB), and a line {@code end}. Replaced as a whole, and synced.
 */
record CommitFile(Path file) {
    /**
     * A log at a commit.
     *
     * @param identity of the file, whatever its name ({@link FileSink#identity})
     */
    record Mark(long length, String identity) {}

    /** @param logs by absolute path */
    record Commit(long position, Map<String, Mark> logs) {
        static final Commit NONE = new Commit(0, Map.of());

        /** The same with another log. */
        Commit with(String path, Mark mark) {
            Map<String, Mark> more = new LinkedHashMap<>(logs);
            more.put(path, mark);
            return new Commit(position, more);
        }
    }

    /** @throws IOException when it is there and cannot be understood */
    Commit read() throws IOException {
        if (!Files.exists(file)) {
            return Commit.NONE;
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        try {
            if (!lines.getLast().equals("end")) {
                throw new IOException(file + ": is cut off");
            }
            Map<String, Mark> logs = new LinkedHashMap<>();
            for (String line : lines.subList(1, lines.size() - 1)) {
                String[] parts = line.split("\t", 3);
                logs.put(parts[2], new Mark(Long.parseLong(parts[0]), parts[1]));
            }
            return new Commit(Long.parseLong(lines.getFirst()), logs);
        } catch (IndexOutOfBoundsException | NumberFormatException | java.util.NoSuchElementException e) {
            throw new IOException(
                    file + ": is not what was written there; move it away, and rows may be logged twice", e);
        }
    }

    void write(Commit commit) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(Long.toString(commit.position));
        commit.logs.forEach((path, mark) -> lines.add(mark.length + "\t" + mark.identity + "\t" + path));
        lines.add("end\n");
        byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        WholeFile.writeSynced(file, out -> out.write(text));
    }
}
