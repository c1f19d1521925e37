package dev.tandem.core.packet;

/** What the IP layer may be told. Engine thread; may change between packets. */
public final class IpSettings {
    /** Take packets with wrong checksums as they are (zeek {@code ignore_checksums}). */
    public boolean ignoreChecksums;

    /** Sources whose checksums are not looked at (zeek {@code ignore_checksums_nets}). */
    public AddressFilter ignoreChecksumsFrom = (high, low) -> false;

    /** Seconds after which an incomplete datagram is dropped; 0 is never. */
    public double fragmentTimeout = 300;

    /** Most bytes of fragments waiting for the rest; beyond that the oldest datagram goes. */
    public long fragmentBytes = 64L << 20;

    /** A set of addresses, IPv4 mapped. */
    @FunctionalInterface
    public interface AddressFilter {
        boolean contains(long high, long low);
    }

    /** Whether the packet's checksums are to be verified. */
    public boolean verifies(DecodedPacket p) {
        return !ignoreChecksums && !ignoreChecksumsFrom.contains(p.headerSourceHigh, p.headerSourceLow);
    }
}
