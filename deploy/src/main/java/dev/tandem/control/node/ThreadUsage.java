package dev.tandem.control.node;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a thread of a process uses, from /proc/PID/task (proc(5)).
 *
 * @param ticks of processor time so far, of which a second has {@link ProcessUsage#TICKS_PER_SECOND}
 * @param name 15 characters at most
 */
public record ThreadUsage(long id, String name, long ticks) {
    /** By name; empty when the process has gone, or there is no /proc. */
    public static List<ThreadUsage> of(long pid) {
        List<ThreadUsage> all = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks) {
                ThreadUsage use = read(task);
                if (use != null) {
                    all.add(use);
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        all.sort(Comparator.comparing(ThreadUsage::name));
        return all;
    }

    /** Null when the thread has just ended. */
    private static @Nullable ThreadUsage read(Path task) {
        try {
            String stat = Files.readString(task.resolve("stat"));
            int end = stat.lastIndexOf(')');
            String[] rest = stat.substring(end + 2).split(" ");
            long ticks = Long.parseLong(rest[11]) + Long.parseLong(rest[12]);
            return new ThreadUsage(
                    Long.parseLong(stat.substring(0, stat.indexOf(' '))),
                    stat.substring(stat.indexOf('(') + 1, end),
                    ticks);
        } catch (IOException e) {
            return null;
        }
    }
}
