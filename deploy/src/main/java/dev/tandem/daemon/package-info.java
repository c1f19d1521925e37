/** Builds one daemon from the parts and ships it. */
@NullMarked
package dev.tandem.daemon;

import org.jspecify.annotations.NullMarked;
