package dev.tandem.core.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.packet.LinkType;
import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketBuilder;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressPairsTest {
    private final AddressPairs pairs = new AddressPairs(4);

    private int shard(byte[] packet) {
        PacketBatch batch = new PacketBatch(2048, 1);
        batch.begin(LinkType.ETHERNET);
        int at = batch.add(0, packet.length, packet.length);
        System.arraycopy(packet, 0, batch.data(), at, packet.length);
        return pairs.shardOf(batch, 0);
    }

    private int udp(String from, int fromPort, String to, int toPort) {
        return shard(PacketBuilder.udp(from, fromPort, to, toPort).payload(100).build());
    }

    @Test
    void bothDirectionsAndAllPortsOfAPairGoToOneShardAndPairsAreSpread() {
        Set<Integer> used = new HashSet<>();
        for (int i = 1; i < 100; i++) {
            int there = udp("10.0.0." + i, 1000 + i, "10.0.1.1", 53);
            assertEquals(there, udp("10.0.1.1", 53, "10.0.0." + i, 1000 + i));
            assertEquals(there, udp("10.0.0." + i, 7, "10.0.1.1", 80));
            used.add(there);
        }
        assertEquals(Set.of(0, 1, 2, 3), used);
    }

    @Test
    void aFragmentGoesWhereTheWholeWould() {
        byte[] whole =
                PacketBuilder.udp("10.0.0.3", 1, "10.0.1.1", 2).payload(100).build();
        byte[] later = whole.clone();
        later[14 + 7] = 20; // its place in the datagram, in units of eight bytes
        assertEquals(shard(whole), shard(later));
    }

    @Test
    void whatHasNoAddressesGoesToTheFirst() {
        assertEquals(0, shard(new byte[60]));
        assertTrue(shard(new byte[0]) == 0);
    }
}
