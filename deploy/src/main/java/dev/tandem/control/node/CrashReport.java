package dev.tandem.control.node;

import dev.tandem.control.config.Node;
import dev.tandem.program.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is known of a node that ended by itself: the text that {@code diag} shows and mail brings (zeekctl {@code
 * bin/crash-diag}), and the files kept of it (zeekctl {@code bin/post-terminate}).
 */
public final class CrashReport {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss", Locale.ROOT);
    private static final List<String> SHOWN = List.of(
            "reporter.log",
            "stderr.log",
            "stdout.log",
            ".cmdline",
            ".env_vars",
            ".status",
            "prof.log",
            "packet_filter.log",
            "loaded_scripts.log");

    /**
     * What a node says that is no reason why it ended: its notes, warnings (a logger's WARN too), and what scripts report at a
     * time without calling it an error.
     */
    private static final Pattern NO_REASON = Pattern.compile(
            "^tandem: note: .*|.*\\bwarn(ing)?\\b.*|^[0-9]+\\.[0-9]{6} (?!.*error).*", Pattern.CASE_INSENSITIVE);

    private static final int MOST_SHOWN = 8 * 1024;

    private final Site site;
    private final Node node;

    public CrashReport(Site site, Node node) {
        this.site = site;
        this.node = node;
    }

    /** The report on what is in the node's directory now. */
    public String text() throws IOException {
        StringBuilder text = new StringBuilder();
        Path directory = site.directory(node);
        List<Path> dumps = Directories.list(directory).stream()
                .filter(file -> isDump(file.getFileName().toString()))
                .toList();
        text.append(dumps.isEmpty() ? "No core file found." : "Core file: " + dumps)
                .append("\n\n");
        text.append("Tandem ").append(Version.NUMBER).append('\n');
        text.append(System.getProperty("os.name")).append(' ').append(System.getProperty("os.version"));
        text.append(' ').append(System.getProperty("os.arch")).append('\n');
        text.append("Java ").append(Runtime.version()).append("\n\nTandem plugins: (none found)\n");
        for (String name : SHOWN) {
            Path file = directory.resolve(name);
            text.append('\n');
            if (Files.isRegularFile(file)) {
                text.append("==== ").append(name).append('\n').append(end(file));
            } else {
                text.append("==== No ").append(name).append('\n');
            }
        }
        return text.toString();
    }

    private static boolean isDump(String name) {
        return name.equals("core") || name.startsWith("core.") || name.startsWith("hs_err_pid");
    }

    /** The last of a file. */
    private static String end(Path file) throws IOException {
        long from;
        ByteBuffer bytes = ByteBuffer.allocate(MOST_SHOWN);
        try (FileChannel channel = FileChannel.open(file)) {
            from = Math.max(0, channel.size() - MOST_SHOWN);
            channel.position(from);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // There may be more.
            }
        }
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        return (from > 0 ? "[...]\n" : "") + text + (text.endsWith("\n") || text.isEmpty() ? "" : "\n");
    }

    /**
     * The first thing a node complained of, which is most often why it ended; empty when it said nothing that could be.
     */
    public static String firstComplaint(Path directory) {
        String complaint = firstLine(directory.resolve("stderr.log"));
        // The JVM says there that memory has run out.
        return complaint.isEmpty() ? firstLine(directory.resolve("stdout.log")) : complaint;
    }

    /** Of the file's beginning: what comes after thousands of warnings is no first complaint. */
    private static String firstLine(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_SHOWN), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !NO_REASON.matcher(line).matches())
                    .findFirst()
                    .map(String::strip)
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Keeps the files of the node's directory that belong to the process that ended, so that the next one begins anew. Logs
     * stay where they are: the next start archives them; so does whatever users have put there.
     *
     * @param pid of that process
     * @return where they are kept, with the report in {@code .crash-diag.out}
     */
    public Path keep(long pid) throws IOException {
        String report = text();
        Path directory = site.directory(node);
        Path kept = site.temporary()
                .resolve("post-terminate-" + node.type().word() + "-"
                        + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP) + "-" + pid + "-crash");
        Files.createDirectories(kept);
        for (Path file : Directories.list(directory)) {
            String name = file.getFileName().toString();
            if (isDump(name) || SHOWN.contains(name) && !name.equals("reporter.log")) {
                StandardCopyOption replace = StandardCopyOption.REPLACE_EXISTING;
                if (name.endsWith("_scripts.log") || name.equals("packet_filter.log") || name.equals("prof.log")) {
                    Files.copy(file, kept.resolve(name), replace);
                } else {
                    Files.move(file, kept.resolve(name), replace);
                }
            }
        }
        Files.writeString(kept.resolve(".crash-diag.out"), report);
        return kept;
    }
}
