package dev.tandem.core.host;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The monitored hosts and the addresses they own. Engine thread. */
public final class HostInventory {
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final AddressOwners addresses = new AddressOwners();

    /** The host, which is new when it was not heard of before. */
    public Host host(String id) {
        return hosts.computeIfAbsent(id, Host::new);
    }

    /** Null when nothing is known of it. */
    public @Nullable Host find(String id) {
        return hosts.get(id);
    }

    public Collection<Host> all() {
        return hosts.values();
    }

    public AddressOwners addresses() {
        return addresses;
    }

    /** Forgets addresses that are too old to matter; {@link Host#expire} does the same for what else is known of a host. */
    public void expire(double now) {
        addresses.expire(now - Host.REMEMBERED);
    }
}
