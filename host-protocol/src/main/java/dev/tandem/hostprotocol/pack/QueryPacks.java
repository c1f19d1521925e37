package dev.tandem.hostprotocol.pack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The packs of some hosts, in the order of their names. Immutable. */
public final class QueryPacks {
    public static final QueryPacks NONE = new QueryPacks(List.of());

    /** osquery's own {@code --pack_delimiter}. */
    public static final String USUAL_DELIMITER = "_";

    private final List<QueryPack> packs;
    private final List<PackQuery> queries = new ArrayList<>();
    private final Map<String, PackQuery> byUsualName = new HashMap<>();

    public QueryPacks(List<QueryPack> packs) {
        this.packs =
                packs.stream().sorted(Comparator.comparing(QueryPack::name)).toList();
        this.packs.forEach(pack -> queries.addAll(pack.queries()));
        queries.forEach(query -> byUsualName.put(query.lineName(USUAL_DELIMITER), query));
    }

    /** Those that are meant for members of these groups. */
    public QueryPacks of(Set<String> member) {
        List<QueryPack> meant =
                packs.stream().filter(pack -> pack.isFor(member)).toList();
        return meant.size() == packs.size() ? this : meant.isEmpty() ? NONE : new QueryPacks(meant);
    }

    /** Groups that a pack is for. */
    public Set<String> namedGroups() {
        Set<String> named = new HashSet<>();
        packs.forEach(pack -> named.addAll(pack.groups()));
        return named;
    }

    /** The query that a line is of; null when it is of none. */
    public @Nullable PackQuery find(String line) {
        PackQuery found = byUsualName.get(line);
        if (found == null) {
            for (PackQuery query : queries) {
                if (query.isNamed(line)) {
                    return query;
                }
            }
        }
        return found;
    }

    /** How many queries they have. */
    public int size() {
        return queries.size();
    }

    /** Adds them to a host's configuration. */
    public void writeTo(ObjectNode document) {
        if (!packs.isEmpty()) {
            ObjectNode given = document.putObject("packs");
            packs.forEach(pack -> given.set(pack.name(), pack.document()));
        }
    }

    /** Queries of which lines cannot be told, as their names come out the same; empty when there are none. */
    List<String> ambiguous(String delimiter) {
        List<String> faults = new ArrayList<>();
        Map<String, PackQuery> seen = new TreeMap<>();
        for (PackQuery query : queries) {
            PackQuery other = seen.putIfAbsent(query.lineName(delimiter), query);
            if (other != null) {
                faults.add("query " + query.name() + " of pack " + query.pack() + " and " + other.name() + " of "
                        + other.pack() + " both come as " + query.lineName(delimiter)
                        + ": rename one, or set pack_delimiter in Hosts::osquery_options");
            }
        }
        return faults;
    }
}
