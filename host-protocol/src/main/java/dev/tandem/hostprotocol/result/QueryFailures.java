package dev.tandem.hostprotocol.result;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQuery;
import dev.tandem.hostprotocol.query.Subscriptions;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of subscribed queries that cannot run: once each, by the first host that was to run it. */
final class QueryFailures {
    private static final Logger LOG = LoggerFactory.getLogger(QueryFailures.class);

    private final Set<HostQuery> told = new HashSet<>();
    private final Consumer<HostEvent> out;

    QueryFailures(Consumer<HostEvent> out) {
        this.out = out;
    }

    void tell(String hostId, HostQuery query, String error) {
        if (told.add(Subscriptions.identity(query))) {
            LOG.warn("query \"{}\" for event {} fails: {}", query.sql(), query.event(), error);
            out.accept(new HostEvent.Finished(hostId, query, 0, error));
        }
    }

    /** The query is withdrawn: if it comes again, it is new. */
    void forget(HostQuery query) {
        told.remove(Subscriptions.identity(query));
    }
}
