/**
 * Who is behind a connection: calls and sockets of hosts joined with connections of the network. Read {@link
 * dev.tandem.core.correlation.ConnectionAttributor} first.
 */
@NullMarked
package dev.tandem.core.correlation;

import org.jspecify.annotations.NullMarked;
