/** What the files in a prefix's {@code etc} say: tandemctl.cfg, node.cfg and networks.cfg, in broctl's formats. */
@NullMarked
package dev.tandem.control.config;

import org.jspecify.annotations.NullMarked;
