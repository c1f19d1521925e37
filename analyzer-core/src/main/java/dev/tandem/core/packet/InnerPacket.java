package dev.tandem.core.packet;

/** What a tunnel carries, for {@link PacketDecoder#decodeInner}. */
public enum InnerPacket {
    IP,
    ETHERNET,
    ARP,
    IEEE802_11,
    NOTHING_KNOWN
}
