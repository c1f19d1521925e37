/** The one port that hosts and subscribers connect to: TLS, HTTP, paths. Read {@link dev.tandem.hostprotocol.server.HostServer} first. */
@NullMarked
package dev.tandem.hostprotocol.server;

import org.jspecify.annotations.NullMarked;
