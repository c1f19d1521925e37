/** Files inside connections: put together, recognised, hashed, extracted. Read {@link dev.tandem.core.file.FileTable} first. */
@NullMarked
package dev.tandem.core.file;

import org.jspecify.annotations.NullMarked;
