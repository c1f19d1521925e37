package dev.tandem.core.packet;

import org.jspecify.annotations.Nullable;

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

    /** Looks at every IP packet whose header is good and drops some; null for none. */
    public @Nullable Discarder discarder;

    /** Says which packets are not to be analyzed. */
    @FunctionalInterface
    public interface Discarder {
        boolean discards(DecodedPacket p);
    }

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
