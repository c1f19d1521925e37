/** The Java bases of the records that scripts see live. Read {@link dev.tandem.core.record.RecordValue} first. */
@NullMarked
package dev.tandem.core.record;

import org.jspecify.annotations.NullMarked;
