package dev.tandem.hostprotocol.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.UpdateType;
import org.junit.jupiter.api.Test;

class QueryNamesTest {
    private final QueryNames names = new QueryNames();

    private static HostQuery query(String sql) {
        return new HostQuery("e", sql, UpdateType.ADD, 10, "", "");
    }

    private String revision(String sql) {
        String name = names.all().getOrDefault(query(sql), "none");
        return name.substring(name.lastIndexOf('/') + 1);
    }

    @Test
    void aQueryThatIsSubscribedAgainIsANewRevision() {
        names.begin(query("a"));
        assertEquals("1", revision("a"));
        names.end(query("a"));
        assertEquals("none", revision("a"));
        names.begin(query("a"));
        assertEquals("2", revision("a"));
    }

    @Test
    void queriesWithoutNumberDoNotFillTheMemoryAndNoNameComesTwice() {
        names.begin(query("a"));
        names.end(query("a"));
        names.begin(query("a"));
        names.end(query("a"));
        for (int i = 0; i < 10_000; i++) {
            names.begin(query("b" + i));
            names.end(query("b" + i));
        }
        assertTrue(names.all().isEmpty());
        names.begin(query("a"));
        assertTrue(Integer.parseInt(revision("a")) > 2, () -> revision("a"));
    }
}
