/** Writes log records as TSV or JSON and rotates the files. */
@NullMarked
package dev.tandem.logwriters;

import org.jspecify.annotations.NullMarked;
