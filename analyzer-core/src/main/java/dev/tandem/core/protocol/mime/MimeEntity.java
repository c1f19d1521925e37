package dev.tandem.core.protocol.mime;

import dev.tandem.core.value.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entity: header fields, an empty line, a body that may hold entities in turn (zeek {@code
 * src/analyzer/protocol/mime/MIME.cc}). Fed lines; a subclass may feed its body otherwise.
 */
public class MimeEntity {
    /** Entities nested deeper belong to the body of the deepest. */
    public static final int MAX_DEPTH = 100;

    /** Of one folded header field. */
    private static final int MAX_HEADER_BYTES = 1 << 20;

    /** What bodies are handed on in, at most. */
    private static final int PIECE = 1500;

    private static final byte[] LINE_END = {'\r', '\n'};

    /** Kinds of bodies that matter here. */
    public enum Kind {
        LEAF,
        MULTIPART,
        MESSAGE
    }

    private enum Boundary {
        NONE,
        OPENING,
        CLOSING
    }

    protected final MimeMessage message;
    protected final @Nullable MimeEntity parent;
    protected final int depth;
    protected boolean inHeader = true;
    protected boolean ended;

    private @Nullable ByteArrayOutputStream headerLine;
    private int headerLines;
    private final @Nullable List<MimeHeader> headers;
    private Bytes contentType = Bytes.of("TEXT");
    private Bytes contentSubtype = Bytes.of("PLAIN");
    private Kind kind = Kind.LEAF;
    private @Nullable Bytes boundary;
    private @Nullable TransferDecoder decoder;
    private @Nullable ByteArrayOutputStream decoded;
    private boolean owesLineEnd;
    private @Nullable MimeEntity child;

    /** @param keepsHeaders whether {@link #headers()} is wanted */
    protected MimeEntity(MimeMessage message, @Nullable MimeEntity parent, boolean keepsHeaders) {
        this.message = message;
        this.parent = parent;
        depth = parent == null ? 0 : parent.depth + 1;
        headers = keepsHeaders ? new ArrayList<>() : null;
    }

    public final @Nullable MimeEntity parent() {
        return parent;
    }

    public final boolean isTop() {
        return parent == null;
    }

    public final Kind kind() {
        return kind;
    }

    /** In capitals. */
    public final Bytes contentType() {
        return contentType;
    }

    /** In capitals. */
    public final Bytes contentSubtype() {
        return contentSubtype;
    }

    /** In order; empty when they are not kept. */
    public final List<MimeHeader> headers() {
        return headers == null ? List.of() : headers;
    }

    protected MimeEntity newChild() {
        return new MimeEntity(message, this, headers != null);
    }

    /** @param lineEnd whether the end of a line followed that is not in the data */
    public void deliver(byte[] data, int from, int to, boolean lineEnd) {
        if (!inHeader) {
            body(data, from, to, lineEnd);
        } else if (from == to || data[from] == 0) {
            finishHeader();
            inHeader = false;
            headersDone();
            if (!ended) {
                beginBody();
            }
        } else if (data[from] == ' ' || data[from] == '\t') {
            continueHeader(data, from, to);
        } else {
            finishHeader();
            headerLine = new ByteArrayOutputStream(to - from);
            headerLine.write(data, from, to - from);
            headerLines = 1;
        }
    }

    private void continueHeader(byte[] data, int from, int to) {
        ByteArrayOutputStream line = headerLine;
        if (line == null) {
            message.illegal("illegal format", "first header line starts with linear whitespace");
            int start = from;
            while (start < to && (data[start] == ' ' || data[start] == '\t')) {
                start++;
            }
            if (start < to) {
                headerLine = new ByteArrayOutputStream(to - start);
                headerLine.write(data, start, to - start);
                headerLines = 1;
            }
        } else if (line.size() >= MAX_HEADER_BYTES) {
            message.limit("exceeded_mime_max_header_bytes", line.size());
        } else {
            line.write(data, from, to - from);
            headerLines++;
        }
    }

    private void finishHeader() {
        ByteArrayOutputStream line = headerLine;
        headerLine = null;
        if (line == null) {
            return;
        }
        MimeHeader h = MimeHeader.parse(Bytes.wrap(line.toByteArray()), headerLines);
        if (h == null) {
            return;
        }
        if (h.is("content-type")) {
            contentType(h.value());
        } else if (h.is("content-transfer-encoding")) {
            transferEncoding(h);
        }
        header(h);
        if (headers != null) {
            headers.add(h);
        }
    }

    /** A header field is there. */
    protected void header(MimeHeader h) {
        message.header(this, h);
    }

    /** All header fields are there, and the body has not begun. */
    protected void headersDone() {
        message.allHeaders(this);
    }

    private void transferEncoding(MimeHeader h) {
        if (h.firstTokenIs("base64")) {
            decoder = new TransferDecoder.Base64();
        } else if (h.firstTokenIs("quoted-printable")) {
            decoder = new TransferDecoder.QuotedPrintable();
        } else {
            decoder = null;
            if (h.firstToken().isEmpty()) {
                message.illegal("illegal format", "encoding type not found in content encoding");
            }
        }
    }

    private void contentType(Bytes value) {
        MimeTokens tokens = new MimeTokens(value, 0);
        Bytes type = tokens.token();
        Bytes subtype = type != null && tokens.take('/') ? tokens.token() : null;
        if (type == null || subtype == null) {
            message.illegal("illegal format", "media type/subtype not found in content type");
            return;
        }
        contentType = MimeHeader.upper(type);
        contentSubtype = MimeHeader.upper(subtype);
        kind = MimeHeader.equalsIgnoringCase(type, "multipart")
                ? Kind.MULTIPART
                : MimeHeader.equalsIgnoringCase(type, "message") ? Kind.MESSAGE : Kind.LEAF;
        if (kind != Kind.LEAF) {
            parameters(tokens);
        }
        if (kind == Kind.MULTIPART && boundary == null) {
            message.illegal(
                    "illegal format",
                    "boundary delimiter is not specified for a multipart entity -- content is treated as type"
                            + " application/octet-stream");
            kind = Kind.LEAF;
        }
    }

    private void parameters(MimeTokens tokens) {
        while (tokens.take(';')) {
            Bytes attribute = tokens.token();
            if (attribute == null) {
                message.illegal("illegal format", "attribute name not found in parameter specification");
                return;
            }
            if (!tokens.take('=')) {
                message.illegal("illegal format", "= not found in parameter specification");
                continue;
            }
            boolean isBoundary = kind == Kind.MULTIPART && MimeHeader.equalsIgnoringCase(attribute, "boundary");
            Bytes v = tokens.value(isBoundary);
            if (v == null) {
                message.illegal(
                        "illegal format",
                        isBoundary
                                ? "Could not parse multipart boundary"
                                : "value not found in parameter specification");
            } else if (isBoundary) {
                boundary = v;
            }
        }
    }

    private void beginBody() {
        if (kind == Kind.MESSAGE) {
            beginChild();
        }
    }

    /** Takes part of the body. */
    protected final void body(byte[] data, int from, int to, boolean lineEnd) {
        if (kind == Kind.MULTIPART) {
            Boundary b = boundaryAt(data, from, to);
            if (b != Boundary.NONE) {
                endChild();
                if (b == Boundary.CLOSING) {
                    endOfData();
                } else if (!ended) {
                    beginChild();
                }
                return;
            }
        }
        if (kind == Kind.LEAF) {
            leaf(data, from, to, lineEnd);
        } else if (child != null) {
            // What is before the first and after the last boundary is nobody's.
            child.deliver(data, from, to, lineEnd);
        }
    }

    private Boundary boundaryAt(byte[] data, int from, int to) {
        Bytes b = boundary;
        if (b == null || to - from < 2 + b.length() || data[from] != '-' || data[from + 1] != '-') {
            return Boundary.NONE;
        }
        for (int i = 0; i < b.length(); i++) {
            if ((data[from + 2 + i] & 0xff) != b.at(i)) {
                return Boundary.NONE;
            }
        }
        int rest = from + 2 + b.length();
        return to - rest >= 2 && data[rest] == '-' && data[rest + 1] == '-' ? Boundary.CLOSING : Boundary.OPENING;
    }

    private void leaf(byte[] data, int from, int to, boolean lineEnd) {
        TransferDecoder d = decoder;
        if (d != null) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(to - from + 2);
            String wrong = d.line(data, from, to, out);
            if (!wrong.isEmpty()) {
                message.illegal("illegal encoding", wrong);
            }
            byte[] bytes = out.toByteArray();
            pieces(bytes, 0, bytes.length);
            return;
        }
        if (!owesLineEnd && !lineEnd) {
            pieces(data, from, to);
            return;
        }
        ByteArrayOutputStream out = decoded;
        if (out == null) {
            out = new ByteArrayOutputStream(to - from + 4);
            decoded = out;
        }
        out.reset();
        if (owesLineEnd) {
            owesLineEnd = false;
            out.writeBytes(LINE_END);
        }
        out.write(data, from, to - from);
        if (lineEnd) {
            if (parent != null && parent.kind == Kind.MULTIPART) {
                // The last line end belongs to the boundary that follows, so each waits for more to come.
                owesLineEnd = true;
            } else {
                out.writeBytes(LINE_END);
            }
        }
        byte[] bytes = out.toByteArray();
        pieces(bytes, 0, bytes.length);
    }

    private void pieces(byte[] data, int from, int to) {
        for (int at = from; at < to; at += PIECE) {
            data(data, at, Math.min(to, at + PIECE));
        }
    }

    /** Part of the body, decoded. */
    protected void data(byte[] data, int from, int to) {
        message.data(this, data, from, to);
    }

    private void beginChild() {
        if (depth >= MAX_DEPTH) {
            message.limit("exceeded_mime_max_depth", depth);
            return;
        }
        MimeEntity c = newChild();
        child = c;
        message.beginEntity(c);
    }

    private void endChild() {
        MimeEntity c = child;
        child = null;
        if (c != null) {
            c.endOfData();
        }
    }

    /** Nothing more will come; nothing when it was said already. */
    public void endOfData() {
        if (ended) {
            return;
        }
        ended = true;
        if (inHeader) {
            finishHeader();
            inHeader = false;
            headersDone();
            message.illegal("illegal format", "entity body missing");
        } else if (child != null) {
            if (kind == Kind.MULTIPART) {
                message.illegal("illegal format", "multipart closing boundary delimiter missing");
            }
            endChild();
        }
        message.endEntity(this);
    }
}
