/** Enrols hosts, hands them queries, turns their results into host events. */
@NullMarked
package dev.tandem.hostprotocol;

import org.jspecify.annotations.NullMarked;
