/** The value types that core, scripts and logs share. Read {@link dev.tandem.core.value.Bytes} first. */
@NullMarked
package dev.tandem.core.value;

import org.jspecify.annotations.NullMarked;
