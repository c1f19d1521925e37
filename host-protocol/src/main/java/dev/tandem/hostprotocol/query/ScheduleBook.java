package dev.tandem.hostprotocol.query;

import dev.tandem.core.host.HostQuery;
import dev.tandem.core.value.Addr;
import dev.tandem.hostprotocol.pack.QueryPacks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Subscriptions and groups at one time, for event loops to read while the engine goes on. Hosts that are asked the same
 * share a {@link HostSchedule}, so that thousands of them cost no more than their kinds. Any thread.
 */
public final class ScheduleBook {
    /** @param host empty but for hosts that are named by a subscription */
    private record Kind(String host, Set<String> groups) {}

    private final Subscriptions subscriptions;
    private final HostGroups groups;
    private final QueryPacks packs;
    private final boolean prefixes;
    private final Function<HostQuery, String> names;
    private final Set<String> namedHosts;
    private final Set<String> namedGroups;
    private final Map<Kind, HostSchedule> schedules = new ConcurrentHashMap<>();

    /**
     * @param subscriptions not to be changed any more
     * @param groups likewise
     * @param packs of queries that operators gave
     * @param prefixes whether a group's members are also asked what is asked of groups that begin with its name, as
     *     Bro-Osquery had it in 2018 (zeek-osquery, {@code send_subscriptions_new_host})
     * @param names gives each query, by its identity, its name in the schedule
     */
    public ScheduleBook(
            Subscriptions subscriptions,
            HostGroups groups,
            QueryPacks packs,
            boolean prefixes,
            Function<HostQuery, String> names) {
        this.subscriptions = subscriptions;
        this.groups = groups;
        this.packs = packs;
        this.prefixes = prefixes;
        this.names = names;
        this.namedHosts = subscriptions.namedHosts();
        this.namedGroups = subscriptions.namedGroups();
        namedGroups.addAll(packs.namedGroups());
    }

    /** The groups of a host: those it says, and those of its addresses. */
    public Set<String> groups(Collection<Addr> addresses, Set<String> told) {
        Set<String> all = groups.of(addresses);
        all.addAll(told);
        return all;
    }

    /**
     * What a host is asked.
     *
     * @param addresses of its interfaces
     * @param told the groups it says it belongs to
     */
    public HostSchedule of(String hostId, Collection<Addr> addresses, Set<String> told) {
        Set<String> member = groups(addresses, told);
        Kind kind = new Kind(namedHosts.contains(hostId) ? hostId : "", Set.copyOf(member));
        return schedules.computeIfAbsent(kind, k -> make(hostId, member));
    }

    /** Whether a query of that target is meant for a host of these groups. */
    public boolean covers(dev.tandem.core.host.QueryTarget target, String hostId, Set<String> member) {
        return Subscriptions.covers(
                target,
                hostId,
                target instanceof dev.tandem.core.host.QueryTarget.Group group
                        ? asked(member, Set.of(group.name()))
                        : member);
    }

    private HostSchedule make(String hostId, Set<String> member) {
        List<ScheduledQuery> queries = new ArrayList<>();
        Set<String> asked = asked(member, namedGroups);
        subscriptions
                .of(hostId, asked)
                .forEach((identity, query) -> queries.add(new ScheduledQuery(names.apply(identity), query)));
        return new HostSchedule(queries, packs.of(asked));
    }

    /** The groups among {@code all} whose queries a member of these groups is asked. */
    private Set<String> asked(Set<String> member, Set<String> all) {
        if (!prefixes) {
            return member;
        }
        Set<String> asked = new LinkedHashSet<>(member);
        for (String group : all) {
            if (member.stream().anyMatch(group::startsWith)) {
                asked.add(group);
            }
        }
        return asked;
    }
}
