/**
 * Several engines that share one trace: who gets which packet. Read {@link dev.tandem.core.shard.PacketDealer} first.
 */
@NullMarked
package dev.tandem.core.shard;

import org.jspecify.annotations.NullMarked;
