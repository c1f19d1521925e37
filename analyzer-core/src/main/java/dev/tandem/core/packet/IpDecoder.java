package dev.tandem.core.packet;

import org.jspecify.annotations.Nullable;

/**
 * IPv4 and IPv6: header checks, checksum, fragments. Leaves the cursor on the transport header, padding cut off, and
 * {@code ipVersion} set when the packet is fit for the transport layer (zeek {@code packet_analysis/protocol/ip/IP.cc}, whose
 * order of checks decides which weird a packet with several faults gives).
 */
final class IpDecoder implements Decoder {
    private final PacketNotes notes;
    private final IpSettings settings;
    private final Ipv6Headers ipv6;
    private final FragmentReassembler fragments;

    IpDecoder(PacketNotes notes, IpSettings settings) {
        this.notes = notes;
        this.settings = settings;
        this.ipv6 = new Ipv6Headers(notes);
        this.fragments = new FragmentReassembler(notes, settings);
    }

    @Override
    public String name() {
        return "IP";
    }

    FragmentReassembler fragments() {
        return fragments;
    }

    @Override
    public @Nullable Decoder decode(DecodedPacket p) {
        if (accept(p)) {
            toTransport(p);
        }
        return null;
    }

    private boolean accept(DecodedPacket p) {
        int captured = p.remaining();
        if (captured < Ipv4Header.BYTES) {
            return refuse(p, "truncated_IP");
        }
        int version = (p.data[p.at] & 0xff) >>> 4;
        if (version == 4) {
            Ipv4Header.read(p);
        } else if (version != 6) {
            return refuse(p, "unknown_ip_version");
        } else if (captured < Ipv6Headers.BYTES) {
            return refuse(p, "truncated_IP");
        } else {
            ipv6.read(p, -1);
        }
        p.headerVersion = version;
        int total = p.ipTotalBytes;
        int linkBytes = p.at - p.frameStart;
        if (total == 0) {
            // Segmentation offloading leaves length and checksum to the card.
            notes.weird(p, "ip_hdr_len_zero", "", name());
            if (!settings.ignoreChecksums) {
                return false;
            }
            total = p.frameCaptured - linkBytes;
        }
        if (p.frameWire < total + linkBytes) {
            return refuse(p, "truncated_IP_len");
        }
        if (p.ipHeaderBytes > total) {
            return refuse(p, "invalid_IP_header_size");
        }
        if (p.ipHeaderBytes > captured) {
            return refuse(p, "internally_truncated_header");
        }
        if (version == 4 && p.ipHeaderBytes < Ipv4Header.BYTES) {
            return refuse(p, "IPv4_min_header_size");
        }
        if (version == 6 && p.ipHeaderBytes < Ipv6Headers.BYTES) {
            return refuse(p, "IPv6_min_header_size");
        }
        p.ipVersion = version;
        if (version == 4 && settings.verifies(p) && !InternetChecksum.intact(p.data, p.ipAt, p.ipHeaderBytes)) {
            return refuse(p, "bad_IP_checksum");
        }
        IpSettings.Discarder discarder = settings.discarder;
        if (discarder != null && discarder.discards(p)) {
            p.ipVersion = 0;
            return false;
        }
        return !p.fragment || whole(p, total);
    }

    /** Deals with a fragment; true when the packet can be analysed now. */
    private boolean whole(DecodedPacket p, int total) {
        if (p.remaining() < total) {
            notes.weird(p, "incompletely_captured_fragment", "", name());
            // The first fragment of a header-only trace still tells the flow.
            if (p.fragmentOffset != 0) {
                p.ipVersion = 0;
                return false;
            }
            return true;
        }
        int version = p.ipVersion;
        int next = fragments.add(p);
        if (next < 0) {
            p.ipVersion = 0;
            return false;
        }
        if (version == 4) {
            Ipv4Header.read(p);
        } else {
            ipv6.read(p, next);
        }
        if (p.ipHeaderBytes > p.ipTotalBytes || p.ipTotalBytes > p.remaining()) {
            return refuse(p, "invalid_IP_header_size");
        }
        p.end = p.at + p.ipTotalBytes;
        return true;
    }

    private void toTransport(DecodedPacket p) {
        if (p.lastHeader == IpProtocol.ESP && p.ipVersion == 6) {
            notes.esp(p);
            p.ipVersion = 0;
            return;
        }
        if (p.lastHeader == IpProtocol.MOBILITY && p.ipVersion == 6) {
            mobility(p);
            p.ipVersion = 0;
            return;
        }
        p.at += p.ipHeaderBytes;
        if (p.ipPayloadBytes != 0) {
            p.end = Math.min(p.end, p.at + p.ipPayloadBytes);
        }
        if (p.protocol == IpProtocol.NO_NEXT) {
            Encapsulation tunnel = p.encapsulation;
            if (tunnel != null && tunnel.type() == TunnelType.TEREDO) {
                // A bubble, which has an event of its own.
                p.ipVersion = 0;
            } else {
                refuse(p, "ipv6_no_next");
            }
        }
    }

    private void mobility(DecodedPacket p) {
        int at = p.lastHeaderAt;
        int bytes = 8 + 8 * NetworkOrder.u8(p.data, at + 1);
        // Zeek counts the length in eight bits.
        if (settings.verifies(p)
                && !InternetChecksum.transportIntact(p, IpProtocol.MOBILITY, at, Math.min(bytes & 0xff, bytes))) {
            notes.weird(p, "bad_MH_checksum", "", name());
            return;
        }
        notes.mobility(p);
        if (p.protocol != IpProtocol.NO_NEXT) {
            notes.weird(p, "mobility_piggyback", "", name());
        }
    }

    private boolean refuse(DecodedPacket p, String weird) {
        notes.weird(p, weird, "", name());
        p.ipVersion = 0;
        return false;
    }
}
