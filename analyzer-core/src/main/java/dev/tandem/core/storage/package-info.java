/** Files on disk. */
@NullMarked
package dev.tandem.core.storage;

import org.jspecify.annotations.NullMarked;
