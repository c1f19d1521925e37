package dev.tandem.hostprotocol.query;

import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.QueryTarget;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who is to answer which query. A host that two targets name has the query once. Subscribing again with equal query and
 * target only replaces the cookie. One thread.
 */
public final class Subscriptions {
    /** @param query its cookie emptied: what makes two subscriptions the same */
    private record Key(HostQuery query, QueryTarget target) {}

    private final Map<Key, HostQuery> entries = new LinkedHashMap<>();

    public Subscriptions() {}

    private Subscriptions(Subscriptions other) {
        entries.putAll(other.entries);
    }

    /** What they are now, for other threads to read. */
    public Subscriptions copy() {
        return new Subscriptions(this);
    }

    /** Whether any host is asked this, cookie aside. */
    public boolean has(HostQuery query) {
        HostQuery identity = identity(query);
        return entries.keySet().stream().anyMatch(key -> key.query().equals(identity));
    }

    /** Hosts that are asked something by their own name. */
    public Set<String> namedHosts() {
        Set<String> named = new HashSet<>();
        for (Key key : entries.keySet()) {
            if (key.target() instanceof QueryTarget.OneHost one) {
                named.add(one.hostId());
            }
        }
        return named;
    }

    /** Every group that is asked something. */
    public Set<String> namedGroups() {
        Set<String> named = new LinkedHashSet<>();
        for (Key key : entries.keySet()) {
            if (key.target() instanceof QueryTarget.Group group) {
                named.add(group.name());
            }
        }
        return named;
    }

    public void add(HostQuery query, QueryTarget target) {
        entries.put(new Key(identity(query), target), query);
    }

    /** @return whether there was one */
    public boolean remove(HostQuery query, QueryTarget target) {
        return entries.remove(new Key(identity(query), target)) != null;
    }

    /** The queries of a host, oldest subscription first, by their {@link #identity}. */
    public Map<HostQuery, HostQuery> of(String hostId, Set<String> groups) {
        Map<HostQuery, HostQuery> queries = new LinkedHashMap<>();
        entries.forEach((key, query) -> {
            if (covers(key.target(), hostId, groups)) {
                queries.putIfAbsent(key.query(), query);
            }
        });
        return queries;
    }

    /** Whether the target names a host of that identifier and these groups. */
    public static boolean covers(QueryTarget target, String hostId, Collection<String> groups) {
        return switch (target) {
            case QueryTarget.Everyone everyone -> true;
            case QueryTarget.OneHost one -> one.hostId().equals(hostId);
            case QueryTarget.Group group -> groups.contains(group.name());
        };
    }

    /** The query without its cookie: equal for all that are the same subscription. */
    public static HostQuery identity(HostQuery query) {
        return query.cookie().isEmpty()
                ? query
                : new HostQuery(
                        query.event(), query.sql(), query.updates(), query.intervalSeconds(), "", query.resultTopic());
    }
}
