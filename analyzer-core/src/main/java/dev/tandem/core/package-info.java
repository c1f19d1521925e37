/** Turns packets and host facts into connections, events, log records and attributions. */
@NullMarked
package dev.tandem.core;

import org.jspecify.annotations.NullMarked;
