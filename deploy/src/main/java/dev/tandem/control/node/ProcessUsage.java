package dev.tandem.control.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What a process uses, from /proc (proc(5)).
 *
 * @param virtualBytes of address space
 * @param residentBytes of memory
 * @param ticks of processor time so far, of which a second has {@link #TICKS_PER_SECOND}
 * @param command its name
 */
public record ProcessUsage(long pid, long virtualBytes, long residentBytes, long ticks, String command) {
    /** USER_HZ, the same on all architectures that Java runs on. */
    public static final long TICKS_PER_SECOND = 100;

    private static final long PAGE_BYTES = 4096;

    /** Empty when the process has gone, or there is no /proc. */
    public static Optional<ProcessUsage> of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            int end = stat.lastIndexOf(')');
            String command = stat.substring(stat.indexOf('(') + 1, end);
            String[] rest = stat.substring(end + 2).split(" ");
            long ticks = Long.parseLong(rest[11]) + Long.parseLong(rest[12]);
            long resident = residentBytes(pid, Long.parseLong(rest[21]) * PAGE_BYTES);
            return Optional.of(new ProcessUsage(pid, Long.parseLong(rest[20]), resident, ticks, command));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** In kilobytes there, which is right whatever the size of pages. */
    private static long residentBytes(long pid, long otherwise) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        return otherwise;
    }

    /** Bytes with a unit, as broctl's top shows them: 0, 512K, 139M, 2G. */
    public static String inUnits(long bytes) {
        String[] units = {"", "K", "M", "G", "T"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.0f%s", value, units[unit]);
    }
}
