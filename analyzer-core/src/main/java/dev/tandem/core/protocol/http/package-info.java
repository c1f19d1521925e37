/** HTTP/1 (RFC 9112), and what came before it. Read {@link dev.tandem.core.protocol.http.HttpAnalyzer} first. */
@NullMarked
package dev.tandem.core.protocol.http;

import org.jspecify.annotations.NullMarked;
