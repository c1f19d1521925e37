package dev.tandem.core.packet;

import org.jspecify.annotations.Nullable;

/**
 * Decodes packets down to the IP payload: by link type, then each layer by the number the one above names it with. Which
 * layers know which is set up here and nowhere else (zeek {@code scripts/base/packet-protocols}).
 */
public final class PacketDecoder {
    private final DispatchTable links = new DispatchTable();
    private final IpDecoder ip;
    private final ArpDecoder arp;
    private final EthernetDecoder ethernet;
    private final Ieee80211Decoder wireless;
    private final PacketNotes notes;

    /** Reads headers that are read again later, and complained of only then. */
    private final Ipv6Headers ipv6 = new Ipv6Headers(PacketNotes.NONE);

    /** @param settings read for every packet */
    public PacketDecoder(PacketNotes notes, IpSettings settings) {
        this.notes = notes;
        ip = new IpDecoder(notes, settings);
        arp = new ArpDecoder(notes);
        MplsDecoder mpls = new MplsDecoder(notes, ip);
        ethernet = new EthernetDecoder(notes);
        VlanDecoder vlan = new VlanDecoder(notes);
        SnapDecoder snap = new SnapDecoder(notes);
        LlcDecoder llc = new LlcDecoder(notes);
        PppoeDecoder pppoe = new PppoeDecoder(notes);
        VnTagDecoder vnTag = new VnTagDecoder(notes);
        Decoder backbone = new FixedHeaderDecoder("PBB", notes, 18, 4, "truncated_PBB_header", ethernet);

        for (LinkDecoder tagged : new LinkDecoder[] {ethernet, vlan}) {
            ip(tagged.payloads);
            arp(tagged.payloads, arp)
                    .put(EtherTypes.VLAN, vlan)
                    .put(EtherTypes.MPLS, mpls)
                    .put(EtherTypes.PROVIDER_BACKBONE, backbone)
                    .put(EtherTypes.PPPOE, pppoe)
                    .put(EtherTypes.VN_TAG, vnTag)
                    .put(EtherTypes.SNAP, snap)
                    .put(EtherTypes.LLC, llc);
        }
        ethernet.payloads.put(EtherTypes.SERVICE_VLAN, vlan).put(EtherTypes.OLD_QINQ, vlan);
        vnTag.payloads
                .put(EtherTypes.VLAN, vlan)
                .put(EtherTypes.SERVICE_VLAN, vlan)
                .put(EtherTypes.OLD_QINQ, vlan);
        arp(ip(snap.payloads), arp);

        LinuxCookedDecoder cooked = LinuxCookedDecoder.version1(notes);
        arp(ip(cooked.payloads), arp);
        LinuxCookedDecoder cooked2 = LinuxCookedDecoder.version2(notes);
        arp(ip(cooked2.payloads), arp);

        NullDecoder loopback = new NullDecoder(notes);
        // AF_INET6 is 24, 28 or 30, depending on the BSD.
        loopback.payloads.put(2, ip).put(24, ip).put(28, ip).put(30, ip);

        PppDecoder ppp = new PppDecoder(notes, false);
        PppDecoder serial = new PppDecoder(notes, true);
        for (LinkDecoder pointToPoint : new LinkDecoder[] {ppp, serial, pppoe}) {
            pointToPoint.payloads.put(0x0021, ip).put(0x0057, ip);
        }
        ppp.payloads.put(0x0281, mpls);
        serial.payloads.put(0x0281, mpls);

        NflogDecoder nflog = new NflogDecoder(notes);
        nflog.payloads.put(2, ip).put(10, ip);

        wireless = new Ieee80211Decoder(notes);
        arp(ip(wireless.payloads), arp);

        links.put(LinkType.ETHERNET, ethernet)
                .put(LinkType.IEEE802_11, wireless)
                .put(LinkType.IEEE802_11_RADIOTAP, new RadiotapDecoder(notes, wireless))
                .put(LinkType.LINUX_SLL, cooked)
                .put(LinkType.LINUX_SLL2, cooked2)
                .put(LinkType.NULL, loopback)
                .put(LinkType.LOOP, loopback)
                .put(LinkType.PPP, ppp)
                .put(LinkType.PPP_SERIAL, serial)
                .put(LinkType.PPP_ETHER, pppoe)
                .put(LinkType.NFLOG, nflog)
                .put(LinkType.FDDI, new FixedHeaderDecoder("FDDI", notes, 21, 21, "FDDI_analyzer_failed", ip));
    }

    private DispatchTable ip(DispatchTable table) {
        return table.put(EtherTypes.IPV4, ip).put(EtherTypes.IPV6, ip);
    }

    private static DispatchTable arp(DispatchTable table, ArpDecoder arp) {
        return table.put(EtherTypes.ARP, arp).put(EtherTypes.REVERSE_ARP, arp);
    }

    /**
     * Decodes one packet. Never throws, whatever the bytes.
     *
     * @return whether {@code p} now stands on the transport header of a good IP packet
     */
    public boolean decode(PacketBatch batch, int packet, DecodedPacket p) {
        p.begin(batch, packet);
        Decoder link = links.get(p.linkType);
        // An unknown link type is taken for raw IP, as Zeek does.
        return decode(p, link == null ? ip : link);
    }

    /** The same for a packet that came through a tunnel and was begun by {@link DecodedPacket#beginInside}. */
    public boolean decodeInner(DecodedPacket p, InnerPacket kind) {
        return switch (kind) {
            case IP -> decode(p, ip);
            case ETHERNET -> decode(p, ethernet);
            case ARP -> decode(p, arp);
            case IEEE802_11 -> decode(p, wireless);
            case NOTHING_KNOWN -> false;
        };
    }

    /** Whether the frame holds another packet behind the one that was decoded. */
    public boolean hasNext(DecodedPacket p) {
        return p.hasNextFrame();
    }

    /** Decodes that one, like {@link #decode(PacketBatch, int, DecodedPacket)}. */
    public boolean decodeNext(DecodedPacket p) {
        return decode(p, p.nextFrame());
    }

    private boolean decode(DecodedPacket p, @Nullable Decoder first) {
        @Nullable Decoder decoder = first;
        while (decoder != null) {
            if (!p.enter(decoder)) {
                notes.weird(p, "max_packet_analyzer_depth_exceeded", "", p.layer(p.layers() - 1));
                return false;
            }
            decoder = decoder.decode(p);
        }
        return p.ipVersion != 0;
    }

    /** Reads the IP header at the cursor, and nothing else: for packets known to be good so far. */
    public void readIpHeader(DecodedPacket p) {
        p.headerVersion = (p.data[p.at] & 0xff) >>> 4;
        if (p.headerVersion == 4) {
            Ipv4Header.read(p);
        } else {
            ipv6.read(p, -1);
        }
    }

    public FragmentReassembler fragments() {
        return ip.fragments();
    }
}
