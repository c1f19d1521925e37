package dev.tandem.hostprotocol.query;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Subnet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which groups addresses belong to. Group names are compared whole. One thread. */
public final class HostGroups {
    private record Membership(Subnet range, String group) {}

    private final Set<Membership> memberships = new LinkedHashSet<>();

    public HostGroups() {}

    private HostGroups(HostGroups other) {
        memberships.addAll(other.memberships);
    }

    /** What they are now, for other threads to read. */
    public HostGroups copy() {
        return new HostGroups(this);
    }

    /** @return whether that is new */
    public boolean join(Subnet range, String group) {
        return memberships.add(new Membership(range, group));
    }

    /** @return whether there was such a join */
    public boolean leave(Subnet range, String group) {
        return memberships.remove(new Membership(range, group));
    }

    /** The groups of a host that has these addresses. */
    public Set<String> of(Collection<Addr> addresses) {
        Set<String> groups = new LinkedHashSet<>();
        for (Membership membership : memberships) {
            if (!groups.contains(membership.group()) && addresses.stream().anyMatch(membership.range()::contains)) {
                groups.add(membership.group());
            }
        }
        return groups;
    }
}
