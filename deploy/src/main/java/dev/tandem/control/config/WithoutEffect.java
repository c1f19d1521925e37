package dev.tandem.control.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What may stand in broctl's files, so that they can be taken as they are, but changes nothing here. */
public final class WithoutEffect {
    private static final Map<Option, String> OPTIONS = Map.of(
            Option.IPv6Comm, "nodes do not talk to each other",
            Option.KeepLogs, "a stop archives all logs",
            Option.MailArchiveLogFail, "the node's messages tell of logs that cannot be archived",
            Option.MailHostUpDown, "each host runs its own nodes",
            Option.StatusCmdShowAll, "status asks no node");

    private static final Map<String, String> KEYS = Map.of(
            "af_packet_buffer_size", "the option PcapBufsize sets it in megabytes",
            "af_packet_fanout_mode", "packets are shared by the hash of their connection",
            "ether", "an interface is found by its name",
            "zone_id", "addresses of a link's own need none");

    private WithoutEffect() {}

    /** A sentence for each that is set, in the order of their names; empty when there is none. */
    public static List<String> in(ControlConfig config, NodeTable nodes) {
        List<String> found = new ArrayList<>();
        OPTIONS.forEach((option, why) -> {
            if (!config.text(option).equals(option.byDefault())) {
                found.add("the option " + option + " has no effect: " + why);
            }
        });
        for (Node node : nodes.all()) {
            KEYS.forEach((key, why) -> {
                if (!node.get(key).isEmpty()) {
                    found.add("node " + node + ": the key " + key + " has no effect: " + why);
                }
            });
        }
        found.sort(null);
        return found;
    }
}
