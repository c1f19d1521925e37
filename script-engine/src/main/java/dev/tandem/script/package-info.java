/** Parses, checks and runs scripts; calls their handlers for events. */
@NullMarked
package dev.tandem.script;

import org.jspecify.annotations.NullMarked;
