/**
 * How a command talks to a running daemon: lines of JSON over a Unix socket. Read {@link
 * dev.tandem.control.socket.ControlServer} first.
 */
@NullMarked
package dev.tandem.control.socket;

import org.jspecify.annotations.NullMarked;
