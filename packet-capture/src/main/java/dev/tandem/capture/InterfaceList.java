package dev.tandem.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;

/**
 * The interfaces that libpcap can capture from.
 *
 * @param interfaces in libpcap's order, the most useful first
 */
public record InterfaceList(List<Entry> interfaces) {
    /**
     * One interface.
     *
     * @param description libpcap's; null when it has none
     */
    public record Entry(String name, @Nullable String description, boolean up, boolean loopback) {}

    public InterfaceList {
        interfaces = List.copyOf(interfaces);
    }

    /** @throws CaptureException when there is no libpcap, or it cannot tell */
    public static InterfaceList read() throws CaptureException {
        LibPcap.require("a list of interfaces");
        List<Entry> entries = new ArrayList<>();
        try {
            for (PcapNetworkInterface each : Pcaps.findAllDevs()) {
                entries.add(new Entry(each.getName(), each.getDescription(), each.isUp(), each.isLoopBack()));
            }
        } catch (PcapNativeException e) {
            throw new CaptureException("cannot list the interfaces: " + e.getMessage(), e);
        }
        return new InterfaceList(entries);
    }

    /** The names, separated by commas. */
    public String names() {
        return interfaces.stream().map(Entry::name).collect(Collectors.joining(", "));
    }
}
