package dev.tandem.hostprotocol.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.QueryTarget;
import dev.tandem.core.host.UpdateType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
    private final Subscriptions subscriptions = new Subscriptions();

    @Test
    void twoTargetsThatNameAHostGiveTheQueryOnce() {
        subscriptions.add(query("a", ""), new QueryTarget.OneHost("h1"));
        subscriptions.add(query("a", ""), new QueryTarget.Group("g"));
        subscriptions.add(query("b", ""), new QueryTarget.Everyone());
        assertEquals(List.of(query("a", ""), query("b", "")), queries("h1", "g"));
        assertEquals(List.of(query("a", ""), query("b", "")), queries("h2", "g"));
        assertEquals(List.of(query("b", "")), queries("h2"));
    }

    @Test
    void oneTargetsEndLeavesTheOther() {
        subscriptions.add(query("a", ""), new QueryTarget.OneHost("h1"));
        subscriptions.add(query("a", ""), new QueryTarget.Everyone());
        assertTrue(subscriptions.remove(query("a", ""), new QueryTarget.Everyone()));
        assertEquals(List.of(query("a", "")), queries("h1"));
        assertEquals(List.of(), queries("h2"));
        assertFalse(subscriptions.remove(query("a", ""), new QueryTarget.Everyone()));
    }

    @Test
    void cookieDoesNotTellSubscriptionsApart() {
        subscriptions.add(query("a", "one"), new QueryTarget.Everyone());
        subscriptions.add(query("a", "two"), new QueryTarget.Everyone());
        assertEquals(List.of(query("a", "two")), queries("h1"));
        assertTrue(subscriptions.remove(query("a", "three"), new QueryTarget.Everyone()));
        assertEquals(List.of(), queries("h1"));
    }

    @Test
    void groupNamesAreComparedWhole() {
        subscriptions.add(query("a", ""), new QueryTarget.Group("geo/de/hamburg"));
        assertEquals(List.of(), queries("h1", "geo/de"));
    }

    private List<HostQuery> queries(String host, String... groups) {
        return List.copyOf(subscriptions.of(host, Set.of(groups)).values());
    }

    private static HostQuery query(String event, String cookie) {
        return new HostQuery(event, "SELECT 1", UpdateType.BOTH, 10, cookie, "");
    }
}
