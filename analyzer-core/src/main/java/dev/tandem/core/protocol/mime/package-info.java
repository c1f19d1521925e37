/** Entities with headers and bodies, one in another (RFC 2045, 2046), as HTTP and mail have them. */
@NullMarked
package dev.tandem.core.protocol.mime;

import org.jspecify.annotations.NullMarked;
