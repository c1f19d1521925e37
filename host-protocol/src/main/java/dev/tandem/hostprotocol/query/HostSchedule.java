package dev.tandem.hostprotocol.query;

import dev.tandem.hostprotocol.pack.QueryPacks;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a host is asked by now, by name. Shared by all hosts that are asked the same. Immutable but for what it remembers. */
public final class HostSchedule {
    private final Map<String, ScheduledQuery> byName = new TreeMap<>();
    private final QueryPacks packs;
    private final Map<String, byte[]> texts = new ConcurrentHashMap<>();

    HostSchedule(List<ScheduledQuery> queries, QueryPacks packs) {
        this.packs = packs;
        queries.forEach(query -> byName.put(query.name(), query));
    }

    /** In the order of their names. */
    public Collection<ScheduledQuery> queries() {
        return byName.values();
    }

    public @Nullable ScheduledQuery find(String name) {
        return byName.get(name);
    }

    /** What it is asked by packs besides. */
    public QueryPacks packs() {
        return packs;
    }

    /** Something made of it, made once for each kind. Any thread. */
    public byte[] text(String kind, Supplier<byte[]> maker) {
        return texts.computeIfAbsent(kind, k -> maker.get());
    }
}
