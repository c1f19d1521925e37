/** What a running daemon answers at its control socket: one class a command. */
@NullMarked
package dev.tandem.daemon.handler;

import org.jspecify.annotations.NullMarked;
