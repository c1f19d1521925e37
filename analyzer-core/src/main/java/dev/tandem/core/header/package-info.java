/** Packets and their headers as the records that scripts see. Read {@link dev.tandem.core.header.HeaderRecords} first. */
@NullMarked
package dev.tandem.core.header;

import org.jspecify.annotations.NullMarked;
