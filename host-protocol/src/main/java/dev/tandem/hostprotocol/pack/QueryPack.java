package dev.tandem.hostprotocol.pack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Queries that belong together, as a file says them.
 *
 * @param name in the configuration and in the names of lines
 * @param groups whose members are asked; empty for every host
 * @param document what hosts are given, checked; not to be changed
 */
public record QueryPack(String name, Set<String> groups, ObjectNode document) {
    public QueryPack {
        groups = Set.copyOf(groups);
    }

    boolean isFor(Set<String> member) {
        return groups.isEmpty() || groups.stream().anyMatch(member::contains);
    }

    /** In the order of the file. */
    List<PackQuery> queries() {
        List<PackQuery> queries = new ArrayList<>();
        document.path(PackReader.QUERIES)
                .fieldNames()
                .forEachRemaining(query -> queries.add(new PackQuery(name, query)));
        return queries;
    }
}
