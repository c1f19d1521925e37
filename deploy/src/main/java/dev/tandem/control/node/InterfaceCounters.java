package dev.tandem.control.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What an interface has received since the system began, from /sys/class/net. */
public record InterfaceCounters(long packets, long bytes) {
    /** Empty when there is no such interface. */
    public static Optional<InterfaceCounters> of(String device) {
        Path statistics = Path.of("/sys/class/net").resolve(device).resolve("statistics");
        try {
            return Optional.of(new InterfaceCounters(
                    number(statistics.resolve("rx_packets")), number(statistics.resolve("rx_bytes"))));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }
}
