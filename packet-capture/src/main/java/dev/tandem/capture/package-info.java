/**
 * Packets from trace files and interfaces. Trace files are read in plain Java; libpcap is needed only for interfaces and
 * for compiling filters. Read {@link dev.tandem.capture.TracePacketSource} first.
 */
@NullMarked
package dev.tandem.capture;

import org.jspecify.annotations.NullMarked;
