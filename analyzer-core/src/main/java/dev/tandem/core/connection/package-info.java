/** Connections: how packets become them, their states and their ends. Read {@link dev.tandem.core.connection.ConnectionTracker} first. */
@NullMarked
package dev.tandem.core.connection;

import org.jspecify.annotations.NullMarked;
