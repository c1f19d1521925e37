/** Script text and where it comes from. Read {@link dev.tandem.script.source.LoadPath} first. */
@NullMarked
package dev.tandem.script.source;

import org.jspecify.annotations.NullMarked;
