package dev.tandem.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.value.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTableTest {
    private record Key(long a, int aPort, long b, int bPort, int protocol) {}

    private final ConnectionTable table = new ConnectionTable(false);
    private final Shard shard = new Shard();

    private static DecodedPacket packet(Key key) {
        DecodedPacket p = new DecodedPacket();
        p.ipVersion = 4;
        p.linkSource = -1;
        p.linkDestination = -1;
        p.sourceLow = 0xffff_0000_0000L | key.a;
        p.sourcePort = key.aPort;
        p.destinationLow = 0xffff_0000_0000L | key.b;
        p.destinationPort = key.bPort;
        p.protocol = key.protocol;
        return p;
    }

    private static Key reversed(Key key) {
        return new Key(key.b, key.bPort, key.a, key.aPort, key.protocol);
    }

    private Connection find(Key key) {
        DecodedPacket p = packet(key);
        return table.find(table.hash(p), p);
    }

    private Connection add(Key key) {
        UnknownTransport transport =
                new UnknownTransport(shard.tracker, new UnknownProtocols(shard.tracker, shard.registry));
        Connection c = new DatagramConnection(shard.tracker, packet(key), Port.Proto.UNKNOWN, transport);
        table.add(c);
        return c;
    }

    @Test
    void oneWayFlowIsFoundInItsDirectionOnly() {
        Key key = new Key(1, 3, 2, 1, 1);
        DecodedPacket p = packet(key);
        p.oneWay = true;
        Connection c = new DatagramConnection(
                shard.tracker,
                p,
                Port.Proto.ICMP,
                new UnknownTransport(shard.tracker, new UnknownProtocols(shard.tracker, shard.registry)));
        table.add(c);
        assertSame(c, table.find(table.hash(p), p));
        DecodedPacket back = packet(reversed(key));
        back.oneWay = true;
        assertNull(table.find(table.hash(back), back));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void behavesLikeAMap(long seed) {
        Random random = new Random(seed);
        Map<Key, Connection> model = new HashMap<>();
        List<Key> keys = new ArrayList<>();
        for (int step = 0; step < 30_000; step++) {
            Key key = new Key(random.nextInt(40), random.nextInt(8), 100 + random.nextInt(40), random.nextInt(8), 6);
            if (random.nextInt(3) > 0) {
                if (!model.containsKey(key)) {
                    assertNull(find(key));
                    model.put(key, add(key));
                    keys.add(key);
                }
            } else if (!keys.isEmpty()) {
                int i = random.nextInt(keys.size());
                Key old = keys.get(i);
                keys.set(i, keys.get(keys.size() - 1));
                keys.remove(keys.size() - 1);
                Connection c = model.remove(old);
                assertTrue(table.remove(c));
                assertFalse(table.remove(c));
                assertNull(find(old));
            }
            Key any = keys.isEmpty() ? key : keys.get(random.nextInt(keys.size()));
            assertSame(model.get(any), find(any));
            assertSame(model.get(any), find(reversed(any)));
            assertEquals(model.size(), table.size());
        }
        Set<Connection> all = new HashSet<>();
        table.forEach(all::add);
        assertEquals(new HashSet<>(model.values()), all);
    }

    @Test
    void hashesOfManyFlowsDiffer() {
        Set<Long> hashes = new HashSet<>();
        for (int port = 0; port < 50_000; port++) {
            hashes.add(table.hash(packet(new Key(7, port, 8, 80, 6))));
        }
        assertEquals(50_000, hashes.size());
    }

    @Test
    void endsAreOrderedAsZeekOrdersKeys() {
        add(new Key(9, 1, 3, 1, 6));
        add(new Key(1, 1, 4, 1, 6));
        add(new Key(1, 500, 2, 1, 6));
        add(new Key(2, 1, 1, 400, 6));
        List<Long> originators = new ArrayList<>();
        for (Connection c : table.inKeyOrder()) {
            originators.add(c.origLow & 0xffff_ffffL);
        }
        assertEquals(List.of(2L, 1L, 1L, 9L), originators);
    }
}
