package dev.tandem.hostprotocol.query;

import dev.tandem.core.host.HostQuery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names of subscribed queries in schedules: {@code tandem/EVENT/DIGEST/REVISION}. The digest tells apart what differs in SQL
 * or otherwise, since osquery compares results under the same name whatever the query (osquery {@code core/query.cpp}); and a
 * query that is withdrawn and subscribed again is a new revision, so that it begins with its whole result again. Over a
 * restart of ours names stay, so that event tables go on where they were. Engine thread.
 */
public final class QueryNames {
    private static final int MOST_WITHDRAWN = 4096;

    private final Map<HostQuery, Integer> revisions = new HashMap<>();

    /** Revisions that were, by their queries, those withdrawn longest ago first. */
    private final Map<HostQuery, Integer> withdrawn = new LinkedHashMap<>();

    /** No revision of a query that is not remembered any more was higher. */
    private int forgotten;

    /** The query, which no host was asked before, is subscribed (again). */
    public void begin(HostQuery query) {
        HostQuery identity = Subscriptions.identity(query);
        Integer before = withdrawn.remove(identity);
        revisions.put(identity, (before == null ? forgotten : before) + 1);
    }

    /** No host is asked the query any more. */
    public void end(HostQuery query) {
        HostQuery identity = Subscriptions.identity(query);
        Integer revision = revisions.remove(identity);
        if (revision == null) {
            return;
        }
        withdrawn.put(identity, revision);
        if (withdrawn.size() > MOST_WITHDRAWN) {
            var eldest = withdrawn.entrySet().iterator();
            forgotten = Math.max(forgotten, eldest.next().getValue());
            eldest.remove();
        }
    }

    /** What they are now, for other threads to read. */
    public Map<HostQuery, String> all() {
        Map<HostQuery, String> names = new HashMap<>();
        revisions.forEach((query, revision) -> names.put(query, name(query, revision)));
        return names;
    }

    private static String name(HostQuery query, int revision) {
        String identity = String.join(
                "\0", query.sql(), query.updates().name(), Long.toString(query.intervalSeconds()), query.resultTopic());
        return "tandem/" + query.event() + "/" + digest(identity) + "/" + revision;
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
