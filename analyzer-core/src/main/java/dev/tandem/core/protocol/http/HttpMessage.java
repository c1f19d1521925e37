package dev.tandem.core.protocol.http;

import dev.tandem.core.analyzer.LineReader;
import dev.tandem.core.file.FileOrigin;
import dev.tandem.core.file.FileTable;
import dev.tandem.core.protocol.mime.MimeEntity;
import dev.tandem.core.protocol.mime.MimeHeader;
import dev.tandem.core.protocol.mime.MimeMessage;
import dev.tandem.core.value.Bytes;
import org.jspecify.annotations.Nullable;

/** A request or a reply: from its first line to the end of its body. Owned by the analyzer. */
final class HttpMessage implements MimeMessage {
    private final HttpAnalyzer analyzer;
    private final HttpMessageEvents events;
    private final LineReader reader;
    private final boolean originator;
    private final double startTime;
    private final HttpEntity top;
    private @Nullable HttpEntity current;
    private boolean finished;
    private long bodyLength;
    private long headerLength;
    private long gapLength;

    /** @param firstLine its length, in bytes */
    HttpMessage(HttpAnalyzer analyzer, LineReader reader, boolean originator, HttpEntity.Body expected, int firstLine) {
        this.analyzer = analyzer;
        events = analyzer.events();
        this.reader = reader;
        this.originator = originator;
        startTime = analyzer.now();
        headerLength = firstLine;
        top = new HttpEntity(this, null, expected);
        beginEntity(top);
    }

    boolean isFinished() {
        return finished;
    }

    void deliver(byte[] data, int from, int to, boolean lineEnd) {
        top.deliver(data, from, to, lineEnd);
    }

    void beginBodyAtOnce() {
        top.beginBodyAtOnce();
    }

    /** Returns false when it is not known any more where in the message it stands. */
    boolean gap(long bytes) {
        HttpEntity e = current == null ? top : current;
        boolean inside = e.gap(bytes);
        if (inside) {
            gapLength += bytes;
        }
        return inside;
    }

    void skipBody() {
        if (current != null) {
            current.skipBody();
        }
    }

    /** Ends it; nothing when it has ended. */
    void done(boolean interrupted, String how) {
        if (finished) {
            return;
        }
        finished = true;
        top.endOfData();
        endFile(top);
        events.messageDone(originator, startTime, interrupted, how, bodyLength, gapLength, headerLength);
        analyzer.messageDone(originator, how);
    }

    private void endFile(HttpEntity entity) {
        FileTable files = files();
        // The ranges of partial content may come over several connections.
        if (files.isWanted() && (originator || !analyzer.isPartialReply())) {
            if (entity.fileId().isEmpty()) {
                files.end(origin());
            } else {
                files.end(entity.fileId());
            }
        }
    }

    // What entities ask

    FileTable files() {
        return analyzer.files();
    }

    FileOrigin origin() {
        return analyzer.origin(originator);
    }

    boolean keepsHeaders() {
        return events.keepsHeaders();
    }

    boolean isPartialReply() {
        return analyzer.isPartialReply();
    }

    boolean knowsChunks() {
        return analyzer.knowsChunks();
    }

    boolean endsWithConnection() {
        return analyzer.endsWithConnection();
    }

    void weird(String name, String detail) {
        analyzer.tell(name, detail);
    }

    void plain(long bytes) {
        reader.plain(bytes);
    }

    void deliverySize(long bytes) {
        reader.deliverySize(bytes);
    }

    void strictLines(boolean on) {
        reader.quiet(on);
        reader.singlesEndLines(!on);
    }

    // What entities tell

    @Override
    public void beginEntity(MimeEntity entity) {
        current = (HttpEntity) entity;
        events.entityBegins(originator);
    }

    @Override
    public void endEntity(MimeEntity entity) {
        HttpEntity e = (HttpEntity) entity;
        if (e.isTop()) {
            bodyLength += e.bodyLength();
            headerLength += e.headerLength();
        }
        events.entityEnds(originator);
        MimeEntity outer = e.parent();
        current = (HttpEntity) outer;
        if (outer == null) {
            done(false, "message ends normally");
            return;
        }
        if (outer.kind() == MimeEntity.Kind.MULTIPART) {
            strictLines(false);
        }
        endFile(e);
    }

    @Override
    public void header(MimeEntity entity, MimeHeader header) {
        analyzer.header(originator, header);
    }

    @Override
    public void allHeaders(MimeEntity entity) {
        events.allHeaders(originator, entity);
    }

    @Override
    public void data(MimeEntity entity, byte[] data, int from, int to) {
        events.entityData(originator, data, from, to);
    }

    @Override
    public void illegal(String category, String detail) {
        events.oddity(category, Bytes.latin1(detail));
    }

    @Override
    public void limit(String weird, long value) {
        analyzer.tell(weird, Long.toString(value));
    }
}
