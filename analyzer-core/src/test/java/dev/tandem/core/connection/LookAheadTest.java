package dev.tandem.core.connection;

import static dev.tandem.core.packet.TcpHeader.ACK;
import static dev.tandem.core.packet.TcpHeader.SYN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.tandem.core.packet.LinkType;
import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With so many connections that packets are read ahead, everything comes out as with few. */
class LookAheadTest {
    private static final int MANY = 10_000;

    private static String address(int number) {
        return "172.20." + (number >> 8) + "." + (number & 255);
    }

    private static byte[] opening(int number) {
        return PacketBuilder.tcp(address(number), 2000, "10.9.9.9", 80)
                .flags(SYN)
                .build();
    }

    /** Good and bad packets of kinds that the reading ahead decodes too. */
    private static List<byte[]> packets() {
        List<byte[]> all = new ArrayList<>();
        byte[] tagged = PacketBuilder.tcp("10.0.0.1", 1000, "10.0.0.2", 80)
                .vlans(7)
                .flags(SYN)
                .options(2, 4, 5, 0xb4)
                .build();
        byte[] datagram =
                PacketBuilder.udp("fe80::1", 1000, "fe80::2", 2000).payload(9).build();
        for (byte[] whole : List.of(tagged, datagram)) {
            for (int bytes = 0; bytes <= whole.length; bytes++) {
                all.add(Arrays.copyOf(whole, bytes));
            }
        }
        all.addAll(List.of(PacketBuilder.udp("10.0.0.3", 1, "10.0.0.4", 2)
                .payload(3000)
                .id(5)
                .buildFragments(1000)));
        all.add(PacketBuilder.icmp("10.0.0.3", "10.0.0.4", 8, 0).build());
        return all;
    }

    private static List<String> story(Shard shard) {
        packets().forEach(shard.at(2)::send);
        shard.finish();
        List<String> story = new ArrayList<>(shard.weirds());
        shard.removed().stream()
                .map(c -> c.orig().packets + " " + c.resp().packets + " " + c.history + " " + c.orig().size)
                .sorted()
                .forEach(story::add);
        return story;
    }

    @Test
    void nothingComesOutDifferently() {
        Shard few = new Shard();
        Shard many = new Shard();
        for (int i = 0; i < MANY; i++) {
            many.at(1).send(opening(i));
        }
        for (int i = 0; i < MANY; i++) {
            many.send(PacketBuilder.tcp("10.9.9.9", 80, address(i), 2000)
                    .flags(SYN | ACK)
                    .acknowledgement(1)
                    .build());
        }
        List<String> expected = story(few);
        assertFalse(expected.isEmpty());
        expected.addAll(Collections.nCopies(MANY, "1 1 Sh 0"));
        assertEquals(expected, story(many));
    }

    @Test
    void theConnectionOfAPacketIsFoundAheadOfIt() {
        Shard shard = new Shard();
        for (int i = 0; i < MANY; i++) {
            shard.send(opening(i));
        }
        shard.run();
        ConnectionTable table = shard.tracker.table();
        LookAhead ahead = new LookAhead(table);
        PacketBatch batch = new PacketBatch(10_000, LookAhead.PACKETS);
        batch.begin(LinkType.ETHERNET);
        for (int i = 0; i < LookAhead.PACKETS; i++) {
            byte[] answer = PacketBuilder.tcp("10.9.9.9", 80, address(i), 2000)
                    .vlans(3)
                    .flags(SYN | ACK)
                    .build();
            System.arraycopy(answer, 0, batch.data(), batch.add(0, answer.length, answer.length), answer.length);
        }
        for (int i = 0; i < LookAhead.PACKETS; i++) {
            Connection found = table.likely(ahead.hash(batch, i));
            assertNotNull(found);
            assertEquals(address(i), found.originator().toString());
        }
    }
}
