package dev.tandem.core.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PacketBatchTest {
    private final PacketBatch batch = new PacketBatch(8, 3);

    @Test
    void packetLargerThanTheSlabGrowsIt() {
        batch.begin(LinkType.ETHERNET);
        int first = batch.add(1, 4, 4);
        batch.data()[first] = 7;
        int second = batch.add(2, 20, 40);
        batch.data()[second + 19] = 9;
        assertEquals(7, batch.data()[batch.offset(0)]);
        assertEquals(9, batch.data()[batch.offset(1) + 19]);
        assertEquals(40, batch.originalBytes(1));
    }

    @Test
    void fullSlabTakesAPacketOnlyWhenEmpty() {
        batch.begin(LinkType.ETHERNET);
        assertTrue(batch.hasRoom(9));
        batch.add(1, 5, 5);
        assertTrue(batch.hasRoom(3));
        assertFalse(batch.hasRoom(4));
    }

    @Test
    void packetsOfAnotherArrayStayThere() {
        byte[] theirs = {0, 1, 2, 3};
        batch.beginOver(theirs, LinkType.RAW);
        batch.addAt(5, 1, 2, 60);
        assertSame(theirs, batch.data());
        assertEquals(1, batch.offset(0));
        assertEquals(LinkType.RAW, batch.linkType());
        batch.begin(LinkType.ETHERNET);
        batch.data()[batch.add(1, 1, 1)] = 99;
        assertEquals(0, theirs[0]);
    }

    @Test
    void roomEndsWithTheNumberOfPackets() {
        batch.beginOver(new byte[3], LinkType.RAW);
        for (int i = 0; i < 3; i++) {
            assertTrue(batch.hasRoom());
            batch.addAt(i, i, 1, 1);
        }
        assertFalse(batch.hasRoom());
        assertEquals(3, batch.capacity());
    }

    @Test
    void retainKeepsTheAcceptedInTheirOrder() {
        batch.beginOver(new byte[] {1, 2, 3}, LinkType.RAW);
        for (int i = 0; i < 3; i++) {
            batch.addAt(100 + i, i, 1, 10 + i);
        }
        int kept = batch.retain((data, offset, captured, original) -> data[offset] != 2);
        assertEquals(2, kept);
        assertEquals(2, batch.count());
        assertEquals(102, batch.timeNanos(1));
        assertEquals(12, batch.originalBytes(1));
        assertEquals(3, batch.data()[batch.offset(1)]);
    }
}
