/** What happens at a time: scheduled events and expiring table entries. */
@NullMarked
package dev.tandem.script.event;

import org.jspecify.annotations.NullMarked;
