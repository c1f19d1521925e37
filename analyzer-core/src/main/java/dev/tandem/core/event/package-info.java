/** The one event queue. Read {@link dev.tandem.core.event.EventQueue} first. */
@NullMarked
package dev.tandem.core.event;

import org.jspecify.annotations.NullMarked;
