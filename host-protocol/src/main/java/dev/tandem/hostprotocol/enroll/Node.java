package dev.tandem.hostprotocol.enroll;

import dev.tandem.core.value.Addr;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An enrolled osquery. What changes is volatile: event loops write when it was seen, the engine thread its addresses and
 * groups.
 */
public final class Node {
    private static final int FEWEST_LINES = 16;

    private final long id;
    private final String hostId;
    private final String instance;
    private volatile Map<String, String> details;
    private volatile double enrolled;
    private volatile double lastSeen;
    private volatile String peer = "";
    private volatile String version = "";
    private volatile Set<String> addresses;
    private volatile Set<Addr> parsed;
    private volatile Set<String> groups;
    private volatile boolean changed;
    private volatile int halvings;
    private volatile boolean scheduled;

    Node(
            long id,
            String hostId,
            String instance,
            Map<String, String> details,
            double enrolled,
            double lastSeen,
            boolean scheduled,
            Set<String> addresses,
            Set<String> groups) {
        this.id = id;
        this.hostId = hostId;
        this.instance = instance;
        this.details = Map.copyOf(details);
        this.enrolled = enrolled;
        this.lastSeen = lastSeen;
        this.addresses = Set.copyOf(addresses);
        this.parsed = parse(addresses);
        this.groups = Set.copyOf(groups);
        this.scheduled = scheduled;
    }

    /** Stays the same over enrolments and restarts. */
    public long id() {
        return id;
    }

    /** The identifier that scripts know the host by. */
    public String hostId() {
        return hostId;
    }

    /** osquery's {@code instance_id}, one per database of its; empty when it did not say. */
    public String instance() {
        return instance;
    }

    /** What the host told of itself when it enrolled, {@code table.column}. */
    public Map<String, String> details() {
        return details;
    }

    /** Seconds since 1970. */
    public double enrolled() {
        return enrolled;
    }

    /** When it last made a good request, seconds since 1970; 0 when never. */
    public double lastSeen() {
        return lastSeen;
    }

    /** Address of its last request; empty when there was none in this run. */
    public String peer() {
        return peer;
    }

    /** @param from address of the other end */
    public void seen(double time, String from) {
        lastSeen = time;
        peer = from;
    }

    /** Addresses of its interfaces as it tells them. */
    public Set<Addr> addresses() {
        return parsed;
    }

    /** The same, each after its interface and a blank. */
    public Set<String> interfaceAddresses() {
        return addresses;
    }

    public void interfaceAddresses(Set<String> told) {
        addresses = Set.copyOf(told);
        parsed = parse(told);
        changed = true;
    }

    /** The groups it says it belongs to. */
    public Set<String> groups() {
        return groups;
    }

    public void groups(Set<String> told) {
        groups = Set.copyOf(told);
        changed = true;
    }

    /** osquery's version; empty when unknown. */
    public String version() {
        String known = version;
        return known.isEmpty() ? details.getOrDefault("osquery_info.version", "") : known;
    }

    public void version(String told) {
        version = told;
    }

    /**
     * How many lines it may send at once.
     *
     * @param usual what hosts may that have never sent too much
     */
    public int mostLines(int usual) {
        return Math.min(usual, Math.max(FEWEST_LINES, usual >> halvings));
    }

    /** Its requests were too long: half as many lines from now on. */
    public synchronized void halveLines() {
        halvings = Math.min(halvings + 1, Integer.SIZE - 1);
    }

    /** Whether it has asked for its schedule since it enrolled. */
    public boolean scheduled() {
        return scheduled;
    }

    /** It has asked for its schedule. */
    public void schedule() {
        if (!scheduled) {
            scheduled = true;
            changed = true;
        }
    }

    void enrolledAgain(Map<String, String> told, double time) {
        details = Map.copyOf(told);
        enrolled = time;
        scheduled = false;
    }

    /** What was taken with {@link #takeChanged} could not be stored. */
    void changedStill() {
        changed = true;
    }

    /** Whether there is something to be stored, and not any more. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    private static Set<Addr> parse(Set<String> addresses) {
        return addresses.stream()
                .map(Node::parse)
                .filter(java.util.Objects::nonNull)
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    /** {@code eth0 fe80::1%eth0} without its interfaces. */
    private static @Nullable Addr parse(String told) {
        String text = told.substring(told.indexOf(' ') + 1);
        int zone = text.indexOf('%');
        return Addr.parse(zone < 0 ? text : text.substring(0, zone));
    }
}
