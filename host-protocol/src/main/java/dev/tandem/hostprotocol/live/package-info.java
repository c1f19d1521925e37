/** Monitored hosts as they are now. Read {@link dev.tandem.hostprotocol.live.LiveHosts} first. */
@NullMarked
package dev.tandem.hostprotocol.live;

import org.jspecify.annotations.NullMarked;
