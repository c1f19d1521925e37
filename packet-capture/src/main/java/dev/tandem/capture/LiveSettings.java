package dev.tandem.capture;

import org.jspecify.annotations.Nullable;

/**
 * How to capture from an interface.
 *
 * @param interfaceName as the operating system calls it; {@code any} is all of them
 * @param snapshotBytes most bytes captured of one packet, 1 to 262144
 * @param promiscuous whether to see packets that are not for this host
 * @param ringBytes the kernel's buffer; under 16 MB bursts are lost
 * @param blockMillis after how long the kernel hands over a block that is not full
 * @param batchPackets most packets fetched at once; native memory grows to this many of the snapshot length
 * @param filter expression in tcpdump's language, run by the kernel; null or empty accepts everything
 * @param fanout shares the interface's traffic with other sources; null takes all of it
 */
public record LiveSettings(
        String interfaceName,
        int snapshotBytes,
        boolean promiscuous,
        int ringBytes,
        int blockMillis,
        int batchPackets,
        @Nullable String filter,
        @Nullable Fanout fanout) {
    private static final int DEFAULT_SNAPSHOT = 9_216;
    private static final int DEFAULT_RING = 64 * 1024 * 1024;
    private static final int DEFAULT_BLOCK_MILLIS = 10;
    private static final int DEFAULT_BATCH = 512;

    public LiveSettings {
        if (snapshotBytes < 1 || snapshotBytes > TraceReader.MAX_CAPTURED) {
            throw new IllegalArgumentException("snapshot length of " + snapshotBytes + " bytes");
        }
        if (ringBytes < 1 || blockMillis < 1 || batchPackets < 1) {
            throw new IllegalArgumentException("ring, block time and batch are at least 1");
        }
    }

    /** All traffic of an interface, 9216 bytes of each packet (Zeek's Pcap::snaplen), a ring of 64 MB. */
    public static LiveSettings of(String interfaceName) {
        return new LiveSettings(
                interfaceName, DEFAULT_SNAPSHOT, true, DEFAULT_RING, DEFAULT_BLOCK_MILLIS, DEFAULT_BATCH, null, null);
    }

    public LiveSettings withSnapshotBytes(int bytes) {
        return new LiveSettings(
                interfaceName, bytes, promiscuous, ringBytes, blockMillis, batchPackets, filter, fanout);
    }

    public LiveSettings withRingBytes(int bytes) {
        return new LiveSettings(
                interfaceName, snapshotBytes, promiscuous, bytes, blockMillis, batchPackets, filter, fanout);
    }

    public LiveSettings withPromiscuous(boolean yes) {
        return new LiveSettings(
                interfaceName, snapshotBytes, yes, ringBytes, blockMillis, batchPackets, filter, fanout);
    }

    public LiveSettings withBatchPackets(int packets) {
        return new LiveSettings(
                interfaceName, snapshotBytes, promiscuous, ringBytes, blockMillis, packets, filter, fanout);
    }

    public LiveSettings withFilter(@Nullable String expression) {
        return new LiveSettings(
                interfaceName, snapshotBytes, promiscuous, ringBytes, blockMillis, batchPackets, expression, fanout);
    }

    public LiveSettings withFanout(@Nullable Fanout group) {
        return new LiveSettings(
                interfaceName, snapshotBytes, promiscuous, ringBytes, blockMillis, batchPackets, filter, group);
    }
}
