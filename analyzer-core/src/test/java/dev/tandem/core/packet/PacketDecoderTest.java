package dev.tandem.core.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketDecoderTest {
    private static final String A = "10.0.0.1";
    private static final String B = "10.0.0.2";
    private static final byte[] IP = PacketBuilder.udp(A, 1, B, 2).payload(10).buildIp();

    private final List<String> said = new ArrayList<>();
    private final IpSettings settings = new IpSettings();
    private final DecodedPacket packet = new DecodedPacket();
    private final PacketDecoder decoder = new PacketDecoder(
            new PacketNotes() {
                @Override
                public void weird(DecodedPacket p, String name, String detail, String source) {
                    said.add(name);
                }

                @Override
                public void unknownProtocol(DecodedPacket p, String source, long protocol) {
                    said.add(source + " " + protocol);
                }
            },
            settings);

    private boolean decode(int linkType, byte[] data, int original) {
        PacketBatch batch = new PacketBatch(100, 1);
        batch.begin(linkType);
        int at = batch.add(1_000_000_000L, data.length, original);
        System.arraycopy(data, 0, batch.data(), at, data.length);
        return decoder.decode(batch, 0, packet);
    }

    private boolean decode(int linkType, byte[] data) {
        return decode(linkType, data, data.length);
    }

    private static byte[] behind(byte[] header, byte[] payload) {
        byte[] whole = Arrays.copyOf(header, header.length + payload.length);
        System.arraycopy(payload, 0, whole, header.length, payload.length);
        return whole;
    }

    private void assertDecodes(int linkType, int... header) {
        assertTrue(decode(linkType, behind(PacketBuilder.bytes(header), IP)), said.toString());
        assertEquals(List.of(), said);
        assertEquals(18, packet.remaining());
        assertEquals(17, packet.protocol);
        assertEquals("10.0.0.1", packet.source().toString());
    }

    @Test
    void everyLinkTypeLeadsToIp() {
        int[] mac = new int[12];
        assertDecodes(LinkType.RAW);
        assertDecodes(LinkType.DLT_RAW_BSD);
        assertDecodes(LinkType.IPV4);
        assertDecodes(LinkType.ETHERNET, join(mac, 8, 0));
        assertDecodes(LinkType.ETHERNET, join(mac, 0x81, 0, 0, 5, 8, 0));
        assertDecodes(LinkType.ETHERNET, join(mac, 0x88, 0xa8, 0, 5, 0x81, 0, 0, 6, 8, 0));
        assertDecodes(LinkType.ETHERNET, join(mac, 0x88, 0x47, 0, 0, 0x10, 64, 0, 0, 0x21, 64));
        assertDecodes(LinkType.ETHERNET, join(mac, 0x88, 0x64, 0x11, 0, 0, 1, 0, 40, 0, 0x21));
        assertDecodes(LinkType.ETHERNET, join(mac, 0, 46, 0xaa, 0xaa, 3, 0, 0, 0, 8, 0));
        assertDecodes(LinkType.ETHERNET, join(mac, 0x89, 0x26, 0, 0, 0, 0, 0x81, 0, 0, 5, 8, 0));
        assertDecodes(LinkType.NULL, 2, 0, 0, 0);
        assertDecodes(LinkType.NULL, 0, 0, 0, 2);
        assertDecodes(LinkType.LOOP, 0, 0, 0, 2);
        assertDecodes(LinkType.PPP, 0, 0x21);
        assertDecodes(LinkType.PPP, 0xff, 3, 0, 0x21);
        assertDecodes(LinkType.PPP_SERIAL, 0xf, 0, 0, 0x21);
        assertDecodes(LinkType.LINUX_SLL, 0, 0, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 8, 0);
        assertDecodes(LinkType.LINUX_SLL2, 8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0);
        assertDecodes(LinkType.NFLOG, 2, 0, 0, 0, 5, 0, 1, 0, 0xff, 0, 0, 0, 42, 0, 9, 0);
    }

    private static int[] join(int[] a, int... b) {
        int[] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }

    @Test
    void unknownEtherTypeIsReported() {
        assertFalse(decode(LinkType.ETHERNET, behind(PacketBuilder.bytes(join(new int[12], 0x12, 0x34)), IP)));
        assertEquals(List.of("ETHERNET 4660"), said);
    }

    @Test
    void faultsHaveTheirNames() {
        assertFault("truncated_IP", Arrays.copyOf(IP, 19), 38);
        assertFault("truncated_IP_len", IP, 37);
        assertFault("internally_truncated_header", Arrays.copyOf(with(IP, 0, 0x4f), 25), 80, 2, 0, 3, 80);
        assertFault("invalid_IP_header_size", with(IP, 3, 10), 38);
        assertFault("IPv4_min_header_size", with(IP, 0, 0x43), 38);
        assertFault("unknown_ip_version", with(IP, 0, 0x75), 38);
        assertFault("bad_IP_checksum", with(IP, 8, 1), 38);
        assertFault("ip_hdr_len_zero", with(with(IP, 2, 0), 3, 0), 38);
    }

    private void assertFault(String name, byte[] data, int original, int... patch) {
        said.clear();
        byte[] patched = data.clone();
        for (int i = 0; i < patch.length; i += 2) {
            patched[patch[i]] = (byte) patch[i + 1];
        }
        assertFalse(decode(LinkType.RAW, patched, original));
        assertEquals(List.of(name), said);
    }

    private static byte[] with(byte[] data, int at, int value) {
        byte[] copy = data.clone();
        copy[at] = (byte) value;
        return copy;
    }

    @Test
    void zeroLengthOfOffloadingIsTakenWhenChecksumsAreIgnored() {
        settings.ignoreChecksums = true;
        assertTrue(decode(LinkType.RAW, with(with(IP, 2, 0), 3, 0)));
        assertEquals(0, packet.ipPayloadBytes);
        assertEquals(18, packet.remaining());
    }

    @Test
    void checksumsOfChosenSourcesAreNotLookedAt() {
        settings.ignoreChecksumsFrom = (high, low) -> (int) low == 0x0a000001;
        assertTrue(decode(LinkType.RAW, with(IP, 8, 1)));
    }

    @Test
    void ipv6ExtensionHeadersAreSteppedOver() {
        byte[] data = PacketBuilder.udp("fe80::1", 1, "fe80::2", 2)
                .payload(4)
                .extensions(0, 60, 0, 1, 4, 0, 0, 0, 0, 17, 0, 1, 4, 0, 0, 0, 0)
                .buildIp();
        assertTrue(decode(LinkType.RAW, data));
        assertEquals(17, packet.protocol);
        assertEquals(56, packet.ipHeaderBytes);
        assertEquals(3, packet.ipHeaders);
        assertEquals(12, packet.remaining());
    }

    @Test
    void homeAddressTakesThePlaceOfTheSource() {
        int[] option = new int[24];
        option[0] = 17;
        option[1] = 2;
        option[2] = 1;
        option[3] = 2;
        option[6] = 201;
        option[7] = 16;
        option[23] = 9;
        byte[] data = PacketBuilder.udp("fe80::1", 1, "fe80::2", 2)
                .extensions(60, option)
                .buildIp();
        assertTrue(decode(LinkType.RAW, data));
        assertEquals("::9", packet.source().toString());
    }

    @Test
    void fragmentsInAnyOrderMakeThePacket() {
        byte[][] fragments = PacketBuilder.udp(A, 1, B, 2).payload(1000).id(77).buildFragments(256);
        assertEquals(4, fragments.length);
        for (int i : new int[] {2, 0, 3}) {
            assertFalse(decode(LinkType.ETHERNET, fragments[i]));
        }
        assertEquals(1, decoder.fragments().waiting());
        assertTrue(decode(LinkType.ETHERNET, fragments[1]));
        assertTrue(packet.reassembled);
        assertEquals(1008, packet.remaining());
        assertEquals(List.of(), said);
        assertEquals(0, decoder.fragments().waiting());
        assertEquals(0, decoder.fragments().heldBytes());
    }

    @Test
    void overlappingFragmentsAreTold() {
        byte[][] fragments = PacketBuilder.udp(A, 1, B, 2).payload(1000).id(77).buildFragments(256);
        decode(LinkType.ETHERNET, fragments[1]);
        decode(LinkType.ETHERNET, fragments[2]);
        decode(LinkType.ETHERNET, fragments[1]);
        byte[] other = fragments[1].clone();
        other[60] ^= 1;
        decode(LinkType.ETHERNET, other);
        assertEquals(List.of("fragment_overlap", "fragment_inconsistency"), said);
    }

    @Test
    void fragmentMemoryIsBounded() {
        settings.fragmentBytes = 100_000;
        for (int id = 0; id < 500; id++) {
            decode(
                    LinkType.ETHERNET,
                    PacketBuilder.udp(A, 1, B, 2).payload(1000).id(id).buildFragments(512)[0]);
            assertTrue(decoder.fragments().heldBytes() <= 100_000);
        }
        assertTrue(said.contains("fragment_memory_exceeded"));
    }

    @Test
    void fragmentIsForgottenAfterItsTimeOut() {
        byte[][] fragments = PacketBuilder.udp(A, 1, B, 2).payload(500).id(1).buildFragments(256);
        decode(LinkType.ETHERNET, fragments[0]);
        settings.fragmentTimeout = 1e-9;
        PacketBatch batch = new PacketBatch(4000, 1);
        batch.begin(LinkType.ETHERNET);
        int at = batch.add(9_000_000_000L, fragments[1].length, fragments[1].length);
        System.arraycopy(fragments[1], 0, batch.data(), at, fragments[1].length);
        assertFalse(decoder.decode(batch, 0, packet));
        assertEquals(1, decoder.fragments().waiting());
    }

    @Test
    void incompletelyCapturedFirstFragmentStillTellsTheFlow() {
        byte[] fragment = PacketBuilder.udp(A, 1, B, 2).payload(1000).buildFragments(512)[0];
        assertTrue(decode(LinkType.ETHERNET, Arrays.copyOf(fragment, 60), fragment.length));
        assertEquals(List.of("incompletely_captured_fragment"), said);
    }

    @Test
    void ipv6FragmentsMakeThePacket() {
        byte[] udp = Arrays.copyOfRange(
                PacketBuilder.udp("fe80::1", 1, "fe80::2", 2).payload(56).buildIp(), 40, 104);
        byte[] head = behind(PacketBuilder.bytes(17, 0, 0, 1, 0, 0, 0, 9), Arrays.copyOfRange(udp, 0, 40));
        byte[] tail = behind(PacketBuilder.bytes(17, 0, 0, 40, 0, 0, 0, 9), Arrays.copyOfRange(udp, 40, 64));
        assertFalse(decode(
                LinkType.RAW, PacketBuilder.ip("fe80::1", "fe80::2", 44, head).buildIp()));
        assertTrue(decode(
                LinkType.RAW, PacketBuilder.ip("fe80::1", "fe80::2", 44, tail).buildIp()));
        assertEquals(17, packet.protocol);
        assertEquals(64, packet.remaining());
    }

    @Test
    void tagsNestOnlySoDeep() {
        int[] tags = new int[100];
        for (int i = 0; i < tags.length; i += 4) {
            tags[i] = 0x81;
        }
        byte[] frame = behind(PacketBuilder.bytes(join(new int[12], tags)), IP);
        assertFalse(decode(LinkType.ETHERNET, frame));
        assertTrue(said.contains("max_packet_analyzer_depth_exceeded"));
    }
}
