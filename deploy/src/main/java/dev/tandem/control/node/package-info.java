/** The processes of a prefix and what belongs to them. Read {@link dev.tandem.control.node.Site} first. */
@NullMarked
package dev.tandem.control.node;

import org.jspecify.annotations.NullMarked;
