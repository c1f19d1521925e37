/** Packets as they come from a source, and their decoders. Read {@link dev.tandem.core.packet.PacketBatch} first. */
@NullMarked
package dev.tandem.core.packet;

import org.jspecify.annotations.NullMarked;
