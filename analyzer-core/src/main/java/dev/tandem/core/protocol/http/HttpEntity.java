package dev.tandem.core.protocol.http;

import dev.tandem.core.file.FileTable;
import dev.tandem.core.protocol.mime.MimeEntity;
import dev.tandem.core.protocol.mime.MimeHeader;
import dev.tandem.core.value.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * An entity of an HTTP message: knows how long its body is, undoes chunks and content codings, and hands the body to file analysis
 * (RFC 9112 sections 6 and 7; zeek {@code src/analyzer/protocol/http/HTTP.cc}, HTTP_Entity).
 */
final class HttpEntity extends MimeEntity {
    /** Whether a message has a body when its headers do not tell. */
    enum Body {
        NOT_EXPECTED,
        EXPECTED,
        MAYBE
    }

    private enum Chunk {
        NONE,
        HEADERS,
        SIZE,
        DATA,
        DATA_END,
        TRAILER,
        NOTHING
    }

    /** Until the connection ends. */
    private static final long ENDLESS = Integer.MAX_VALUE;

    private static final byte[] NOTHING = {};

    private final HttpMessage http;
    private final Body bodyExpected;
    private Chunk chunk = Chunk.NONE;
    private long contentLength = -1;
    private long rangeLength = -1;
    private long instanceLength = -1;
    private boolean partial;
    private long offset;
    private long expected;
    private long bodyLength;
    private long headerLength;
    private boolean coded;
    private @Nullable ContentDecoder decoder;
    private boolean expectsContinue;
    private boolean sizeToTell = true;
    private boolean skipsBody;
    private String fileId = "";

    HttpEntity(HttpMessage message, @Nullable HttpEntity parent, Body bodyExpected) {
        super(message, parent, message.keepsHeaders());
        http = message;
        this.bodyExpected = bodyExpected;
    }

    @Override
    protected MimeEntity newChild() {
        return new HttpEntity(http, this, Body.EXPECTED);
    }

    /** Bytes of the body, decoded. */
    long bodyLength() {
        return bodyLength;
    }

    long headerLength() {
        return headerLength;
    }

    /** Of the file that its body is; empty when it is none. */
    String fileId() {
        return fileId;
    }

    /** Hands on nothing of the body from now on. */
    void skipBody() {
        skipsBody = true;
    }

    @Override
    public void deliver(byte[] data, int from, int to, boolean lineEnd) {
        int length = to - from;
        if (ended) {
            if (kind() != Kind.MULTIPART) {
                http.illegal("illegal format", "data trailing the end of entity");
            }
        } else if (inHeader) {
            if (!lineEnd) {
                http.weird("http_no_crlf_in_header_list", "");
            }
            headerLength += length;
            super.deliver(data, from, to, lineEnd);
        } else if (kind() != Kind.LEAF) {
            bodyPart(data, from, to, lineEnd);
            if (isTop() && contentLength > 0) {
                // Never more than was announced, whatever the parts say.
                expected -= length + (lineEnd ? 2 : 0);
                if (expected <= 0) {
                    http.plain(0);
                    endOfData();
                }
            }
        } else if (chunk != Chunk.NONE) {
            chunked(data, from, to);
        } else if (contentLength >= 0) {
            bodyPart(data, from, to, false);
            expected -= length;
            if (expected <= 0) {
                http.plain(0);
                http.deliverySize(-1);
                endOfData();
            }
        } else {
            bodyPart(data, from, to, lineEnd);
        }
    }

    private void chunked(byte[] data, int from, int to) {
        switch (chunk) {
            case SIZE -> {
                Long size = ContentRange.number(Bytes.copyOf(data, from, to).latin1(), 16);
                if (size == null) {
                    http.weird(
                            "HTTP_bad_chunk_size", Bytes.copyOf(data, from, to).latin1());
                }
                expected = size == null ? 0 : size;
                if (expected > 0) {
                    chunk = Chunk.DATA;
                    http.plain(expected);
                } else {
                    inHeader = true;
                    chunk = Chunk.TRAILER;
                }
            }
            case DATA -> {
                expected -= to - from;
                if (expected <= 0) {
                    http.plain(0);
                    chunk = Chunk.DATA_END;
                }
                bodyPart(data, from, to, false);
            }
            case DATA_END -> {
                if (to > from) {
                    http.illegal("illegal format", "inaccurate chunk size: data before <CR><LF>");
                }
                chunk = Chunk.SIZE;
            }
            case NONE, HEADERS, TRAILER, NOTHING -> {
                // Nothing of the body comes in these.
            }
        }
    }

    private void bodyPart(byte[] data, int from, int to, boolean lineEnd) {
        if (!coded) {
            clear(data, from, to, lineEnd);
            return;
        }
        ContentDecoder d = decoder;
        if (d == null) {
            d = new ContentDecoder((out, start, end) -> clear(out, start, end, false));
            decoder = d;
        }
        if (!d.data(data, from, to)) {
            http.weird("inflate_failed", "");
        }
    }

    private void clear(byte[] data, int from, int to, boolean lineEnd) {
        bodyLength += to - from + (lineEnd ? 2 : 0);
        if (!skipsBody) {
            body(data, from, to, lineEnd);
        }
    }

    @Override
    protected void data(byte[] data, int from, int to) {
        if (skipsBody) {
            return;
        }
        super.data(data, from, to);
        FileTable files = http.files();
        if (!files.isWanted()) {
            return;
        }
        if (coded) {
            // What headers say of the size is not true of what is decoded.
            sizeToTell = false;
        }
        long size = partial ? instanceLength : contentLength;
        if (sizeToTell && size > 0) {
            fileId = files.size(http.origin(), size, fileId);
        }
        sizeToTell = false;
        if (partial) {
            fileId = files.data(http.origin(), data, from, to, offset, fileId);
            offset += to - from;
        } else {
            fileId = files.data(http.origin(), data, from, to, fileId);
        }
    }

    /** Steps over bytes that were never seen; returns false when it is not known any more where it stands. */
    boolean gap(long bytes) {
        if (ended && inHeader || bodyLength == 0) {
            return false;
        }
        FileTable files = http.files();
        if (files.isWanted()) {
            fileId = files.gap(http.origin(), bodyLength, bytes, fileId);
            if (partial) {
                offset += bytes;
            }
        }
        boolean inChunk = chunk == Chunk.DATA;
        if (!inChunk && (chunk != Chunk.NONE || contentLength < 0) || expected < bytes) {
            return false;
        }
        bodyLength += bytes;
        expected -= bytes;
        http.plain(expected);
        if (expected == 0) {
            if (inChunk) {
                chunk = Chunk.DATA_END;
            } else {
                endOfData();
            }
        }
        return true;
    }

    @Override
    protected void header(MimeHeader h) {
        if (isTop() && h.lines() > 1) {
            // RFC 9112 section 5.2: obsolete, and good for smuggling.
            http.weird("HTTP_obsolete_line_folding", h.name().latin1());
        }
        if (h.is("content-length")) {
            contentLength(h);
        } else if (h.is("content-range")) {
            contentRange(h);
        } else if (h.is("transfer-encoding")) {
            transferEncoding(h);
        } else if (h.is("content-encoding")) {
            coded |= h.firstTokenIs("gzip") || h.firstTokenIs("x-gzip") || h.firstTokenIs("deflate");
        } else if (h.is("expect")) {
            if (!h.firstTokenIs("100-continue")) {
                http.weird("HTTP_expect_not_100_continue", h.firstToken().latin1());
            }
            expectsContinue = true;
            checkContinue();
        }
        super.header(h);
    }

    private void contentLength(MimeHeader h) {
        if (chunk != Chunk.NONE) {
            http.weird("HTTP_content_length_and_chunked", "");
        }
        Bytes text = h.firstToken();
        if (text.isEmpty()) {
            return;
        }
        Long n = ContentRange.number(text.latin1(), 10);
        if (n == null || n < 0) {
            http.weird("HTTP_bad_content_length", text.latin1());
            contentLength = 0;
            return;
        }
        if (n > 0 && text.at(0) == '0') {
            http.weird("HTTP_content_length_leading_zeros", text.latin1());
        }
        contentLength = n;
        if (partial && rangeLength != contentLength) {
            http.weird("HTTP_range_not_matching_len", "");
            contentLength = Math.max(contentLength, rangeLength);
        }
        checkContinue();
    }

    private void checkContinue() {
        if (contentLength == 0 && expectsContinue) {
            http.weird("HTTP_content_length_0_and_expect_100_cont", "");
        }
    }

    private void contentRange(MimeHeader h) {
        if (!http.isPartialReply()) {
            return;
        }
        if (chunk != Chunk.NONE) {
            http.weird("HTTP_content_range_and_chunked", "");
        }
        ContentRange range = ContentRange.parse(h, http::weird);
        if (range == null) {
            return;
        }
        partial = true;
        offset = range.first();
        rangeLength = range.length();
        if (range.instanceLength() >= 0) {
            instanceLength = range.instanceLength();
        }
        if (contentLength <= 0) {
            contentLength = rangeLength;
        } else if (contentLength != rangeLength) {
            // Perhaps to evade: the longer of the two hides least.
            http.weird("HTTP_range_not_matching_len", "");
            contentLength = Math.max(contentLength, rangeLength);
        }
    }

    private void transferEncoding(MimeHeader h) {
        if (!isTop()) {
            http.weird("HTTP_nested_transfer_encoding_header", "");
        } else if (h.firstTokenIs("chunked") && http.knowsChunks()) {
            chunk = Chunk.HEADERS;
            Bytes more = h.afterFirstToken();
            if (!more.isEmpty()) {
                http.weird("HTTP_chunked_multi", more.latin1());
            }
            if (contentLength >= 0) {
                http.weird("HTTP_content_length_and_chunked", "");
            }
        }
    }

    @Override
    protected void headersDone() {
        if (parent() instanceof HttpEntity outer && outer.kind() == Kind.MULTIPART) {
            // Each line's end is part of the content, so a CR or LF alone must not pass for one.
            http.strictLines(true);
        }
        if (contentLength >= 0) {
            http.deliverySize(contentLength);
        }
        if (chunk == Chunk.TRAILER) {
            chunk = Chunk.NOTHING;
            endOfData();
            return;
        }
        super.headersDone();
        if (bodyExpected == Body.NOT_EXPECTED) {
            endOfData();
        } else if (kind() != Kind.LEAF) {
            if (chunk != Chunk.NONE) {
                http.weird("HTTP_chunked_transfer_for_multipart_message", "");
            }
            if (isTop() && contentLength >= 0) {
                expectBody(false);
            }
        } else if (chunk != Chunk.NONE) {
            chunk = Chunk.SIZE;
        } else if (contentLength >= 0) {
            expectBody(true);
        } else if (http.endsWithConnection() || coded) {
            expected = ENDLESS;
            http.plain(ENDLESS);
        } else if (bodyExpected != Body.EXPECTED) {
            endOfData();
        }
    }

    private void expectBody(boolean plain) {
        if (contentLength == 0) {
            endOfData();
            return;
        }
        expected = contentLength;
        if (plain) {
            http.plain(contentLength);
        } else {
            http.deliverySize(contentLength);
        }
    }

    @Override
    public void endOfData() {
        ContentDecoder d = decoder;
        if (d != null) {
            d.close();
            decoder = null;
            coded = false;
        }
        super.endOfData();
    }

    /** A body without headers begins at once (HTTP/0.9). */
    void beginBodyAtOnce() {
        deliver(NOTHING, 0, 0, true);
    }
}
