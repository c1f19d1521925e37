/** How events travel between nodes and to clients outside. Read {@link dev.tandem.core.backbone.Backbone} first. */
@NullMarked
package dev.tandem.core.backbone;

import org.jspecify.annotations.NullMarked;
