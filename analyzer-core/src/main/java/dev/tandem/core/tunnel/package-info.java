/** Headers of tunnels: bytes to meaning, no state. Read {@link dev.tandem.core.tunnel.TunnelHeader} first. */
@NullMarked
package dev.tandem.core.tunnel;

import org.jspecify.annotations.NullMarked;
