/**
 * What hosts answer: osquery's result lines, and recorded hosts that stand in for live ones in replay. Read {@link
 * dev.tandem.hostprotocol.result.ResultLine} first, then {@link dev.tandem.hostprotocol.result.RecordedHosts}.
 */
@NullMarked
package dev.tandem.hostprotocol.result;

import org.jspecify.annotations.NullMarked;
