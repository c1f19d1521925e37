package dev.tandem.core.packet;

/** Which packets are to be analysed. Asked for each one before anything else happens to it. */
@FunctionalInterface
public interface PacketChoice {
    boolean accepts(PacketBatch batch, int packet);
}
