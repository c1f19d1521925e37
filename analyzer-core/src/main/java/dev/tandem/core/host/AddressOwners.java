package dev.tandem.core.host;

import dev.tandem.core.value.Addr;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which hosts owned an address when. Leases move (DHCP), an interface has several addresses, privacy addresses come and go
 * (RFC 8981), and two hosts may have the same one behind two routers. Addresses that every host has, or that mean something on
 * one link only, are no one's.
 */
public final class AddressOwners {
    private static final int MOST = 1 << 20;

    private final Intervals<Addr, String> owners = new Intervals<>(MOST);
    /** From the address of more hosts than that comes a proxy of what they tell us, and not what they do. */
    private static final int MOST_BEHIND = 64;

    private final Map<String, Addr> reachedAt = new HashMap<>();

    /** Addresses that hosts were heard from: their own, or a router's that puts it in place of theirs. */
    private final Intervals<Addr, String> heardFrom = new Intervals<>(MOST);

    private final Map<String, Set<Addr>> ofHost = new HashMap<>();

    /** Seconds in which a host that was heard of tells its addresses: osquery is told what to ask, and asks. */
    private static final double FIRST_ADDRESS = 60;

    /** Rows of one reading come together. */
    private static final double DELIVERY = 1;

    /** Hosts of which addresses are still to come, and until when that is to be expected, by our clock. */
    private final Map<String, Double> awaited = new HashMap<>();

    /** A host was heard of, at a time of our clock. */
    public void expect(String host, double at) {
        if (!ofHost.containsKey(host)) {
            awaited.putIfAbsent(host, at + FIRST_ADDRESS);
        }
    }

    /** Whether hosts were heard of lately whose addresses are still to come, so that any address may be one's. */
    public boolean isAnyAwaited(double now) {
        if (!awaited.isEmpty()) {
            awaited.values().removeIf(until -> until < now);
        }
        return !awaited.isEmpty();
    }

    /**
     * A host has the address, from a time of our clock on.
     *
     * @return whether that is news
     */
    public boolean added(String host, Addr a, double at) {
        if (tellsNothing(a)) {
            return false;
        }
        boolean isNew = owners.of(a).stream().noneMatch(s -> s.value.equals(host) && Double.isInfinite(s.until));
        if (isNew) {
            awaited.computeIfPresent(host, (h, until) -> Math.min(until, at + DELIVERY));
            owners.added(a, host, at);
            ofHost.computeIfAbsent(host, k -> new LinkedHashSet<>()).add(a);
        }
        return isNew;
    }

    /** A host no longer has the address. */
    public void removed(String host, Addr a, double at) {
        owners.removed(a, host, at);
        ofHost.computeIfPresent(host, (h, all) -> {
            all.remove(a);
            return all.isEmpty() ? null : all;
        });
    }

    /**
     * A host's own connection to us came from that address, from a time of our clock on. If it is not the host's, a router
     * translates (RFC 3022), and connections from there may be this host's, or any other's behind that router.
     *
     * @return whether that is news
     */
    public boolean heardFrom(String host, Addr a, double at) {
        if (tellsNothing(a) || heardFrom.between(a, at, at).contains(host)) {
            return false;
        }
        Addr before = reachedAt.put(host, a);
        if (before == null) {
            expect(host, at);
        }
        if (before != null) {
            heardFrom.removed(before, host, at);
        }
        heardFrom.added(a, host, at);
        return true;
    }

    /** Those that were heard from an address which was not theirs, at a time between the two; a host is heard after it came up. */
    public List<String> behind(Addr a, double from, double to) {
        List<String> found = heardFrom.between(a, from, to);
        if (found.size() > MOST_BEHIND) {
            return List.of();
        }
        return found.stream()
                .filter(host -> !ofHost.getOrDefault(host, Set.of()).contains(a))
                .toList();
    }

    /** A host is gone. */
    public void removed(String host, double at) {
        Addr reached = reachedAt.remove(host);
        if (reached != null) {
            heardFrom.removed(reached, host, at);
        }
        for (Addr a : ofHost.getOrDefault(host, Set.of())) {
            owners.removed(a, host, at);
        }
        ofHost.remove(host);
    }

    /**
     * Those that owned it at a time between the two. An address that a host was first heard to have is taken to have been its
     * own before: a host is heard after it came up. When another had it at that time, it was the other's.
     */
    public List<String> of(Addr a, double from, double to) {
        List<Intervals.Span<String>> all = owners.of(a);
        if (all.isEmpty()) {
            return List.of();
        }
        List<String> found = owners.between(a, from, to);
        if (found.isEmpty()) {
            Intervals.Span<String> next = null;
            for (Intervals.Span<String> s : all) {
                if (s.since > to && (next == null || s.since < next.since)) {
                    next = s;
                }
            }
            return next == null ? List.of() : List.of(next.value);
        }
        return found;
    }

    /** Whether any host owns it or did lately. */
    public boolean isKnown(Addr a) {
        return !owners.of(a).isEmpty();
    }

    /** Loopback, unspecified, link-local and multicast addresses (RFC 6890, RFC 4291). */
    static boolean tellsNothing(Addr a) {
        if (a.isV4()) {
            int bits = a.v4Bits();
            int first = bits >>> 24;
            return first == 0 || first == 127 || first >= 224 || bits >>> 16 == 0xa9fe;
        }
        return a.high() == 0 && (a.low() == 0 || a.low() == 1)
                || a.high() >>> 54 == 0xfe80 >>> 6
                || a.high() >>> 56 == 0xff;
    }

    void expire(double before) {
        owners.expire(before);
        heardFrom.expire(before);
    }
}
