/** One package a protocol: parser, messages, analyzer, events. Read {@link dev.tandem.core.protocol.Protocols} first. */
@NullMarked
package dev.tandem.core.protocol;

import org.jspecify.annotations.NullMarked;
