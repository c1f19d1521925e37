/** What the programs have in common and none of them owns: their version, terminals, times as strftime(3) writes them. */
@NullMarked
package dev.tandem.program;

import org.jspecify.annotations.NullMarked;
