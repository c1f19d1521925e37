package dev.tandem.hostprotocol.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A whole request.
 *
 * @param path without query; may not be logged with one, since agents put their secret there if told to
 * @param query what follows {@code ?}; empty when nothing does
 * @param body as it came: see {@link #isGzipped}
 * @param peer the other end of the connection
 */
public record Request(String path, String query, HttpHeaders headers, byte[] body, SocketAddress peer) {
    private static final String NODE_KEY = "NodeKey ";

    public boolean isGzipped() {
        return "gzip".equalsIgnoreCase(headers.get(HttpHeaderNames.CONTENT_ENCODING));
    }

    public boolean acceptsGzip() {
        String accepted = headers.get(HttpHeaderNames.ACCEPT_ENCODING);
        return accepted != null && accepted.contains("gzip");
    }

    /** The node key of the {@code Authorization} header, which osquery sends from 5.23.0 on; null when there is none. */
    public @Nullable String nodeKeyOfHeader() {
        String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
        return authorization != null && authorization.startsWith(NODE_KEY)
                ? authorization.substring(NODE_KEY.length()).strip()
                : null;
    }
}
