package dev.tandem.core.protocol.http;

import dev.tandem.core.value.Bytes;

/** What scripts choose about HTTP; set before traffic. */
public final class HttpOptions {
    private static final Bytes MORE = Bytes.latin1("...");

    /** URIs in events are cut to so many bytes; negative is never. */
    public int longestUri = -1;

    Bytes truncated(Bytes uri) {
        return longestUri >= 0 && uri.length() > longestUri
                ? uri.slice(0, longestUri).concat(MORE)
                : uri;
    }
}
