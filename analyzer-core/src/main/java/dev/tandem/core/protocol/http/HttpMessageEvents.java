package dev.tandem.core.protocol.http;

import dev.tandem.core.analyzer.AnalyzerContext;
import dev.tandem.core.connection.Connection;
import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventType;
import dev.tandem.core.protocol.http.HttpParser.RequestLine;
import dev.tandem.core.protocol.mime.MimeEntity;
import dev.tandem.core.protocol.mime.MimeHeader;
import dev.tandem.core.record.RecordFactory;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Raises the events of one connection's messages, each only when somebody wants it (zeek {@code
 * src/analyzer/protocol/http/events.bif}). Engine thread.
 */
final class HttpMessageEvents {
    private static final Bytes EMPTY_REASON = Bytes.latin1("<empty>");
    private static final Bytes V1_0 = Bytes.latin1("1.0");
    private static final Bytes V1_1 = Bytes.latin1("1.1");

    private final HttpEvents types;
    private final Connection connection;
    private final EventQueue queue;
    private final RecordFactory records;
    private final HttpOptions options;

    HttpMessageEvents(HttpEvents types, AnalyzerContext context, HttpOptions options) {
        this.types = types;
        this.options = options;
        connection = context.connection();
        queue = context.registry().queue();
        records = context.registry().records();
    }

    private void raise(EventType type, Object... arguments) {
        queue.add(type, arguments);
    }

    void request(RequestLine line) {
        if (types.request.wanted()) {
            raise(
                    types.request,
                    connection.record(),
                    line.method(),
                    options.truncated(line.uri()),
                    options.truncated(line.unescaped()),
                    versionText(line.version()));
        }
    }

    /** @param reason null when there was no reply line */
    void reply(int version, int code, @Nullable Bytes reason) {
        if (types.reply.wanted()) {
            raise(
                    types.reply,
                    connection.record(),
                    versionText(version),
                    (long) code,
                    reason == null ? EMPTY_REASON : reason);
        }
    }

    /** A version number as scripts see it. */
    private static Bytes versionText(int version) {
        return switch (version) {
            case HttpParser.VERSION_1_1 -> V1_1;
            case 10 -> V1_0;
            default -> Bytes.latin1(version / 10 + "." + version % 10);
        };
    }

    void entityBegins(boolean originator) {
        if (types.beginEntity.wanted()) {
            raise(types.beginEntity, connection.record(), originator);
        }
    }

    void entityEnds(boolean originator) {
        if (types.endEntity.wanted()) {
            raise(types.endEntity, connection.record(), originator);
        }
    }

    void header(boolean originator, MimeHeader h) {
        if (types.header.wanted()) {
            raise(types.header, connection.record(), originator, h.name(), h.upperName(), h.value());
        }
    }

    /** Whether entities have to keep their headers, for {@link #allHeaders}. */
    boolean keepsHeaders() {
        return types.allHeaders.wanted();
    }

    void allHeaders(boolean originator, MimeEntity entity) {
        if (types.allHeaders.wanted()) {
            Object list = records.table("mime_header_list");
            long number = 0;
            for (MimeHeader h : entity.headers()) {
                RecordValue r = records.record("mime_header_rec");
                r.set(0, h.name());
                r.set(1, h.upperName());
                r.set(2, h.value());
                records.put(list, ++number, r);
            }
            raise(types.allHeaders, connection.record(), originator, list);
        }
        if (types.contentType.wanted()) {
            raise(types.contentType, connection.record(), originator, entity.contentType(), entity.contentSubtype());
        }
    }

    void entityData(boolean originator, byte[] data, int from, int to) {
        if (types.entityData.wanted()) {
            raise(types.entityData, connection.record(), originator, (long) (to - from), Bytes.copyOf(data, from, to));
        }
    }

    /**
     * @param start network time of its first line
     * @param how why it ended
     */
    void messageDone(
            boolean originator,
            double start,
            boolean interrupted,
            String how,
            long bodyLength,
            long gapLength,
            long headerLength) {
        if (types.messageDone.wanted()) {
            RecordValue s = records.record("http_message_stat");
            s.set(0, start);
            s.set(1, interrupted);
            s.set(2, Bytes.latin1(how));
            s.set(3, bodyLength);
            s.set(4, gapLength);
            s.set(5, headerLength);
            raise(types.messageDone, connection.record(), originator, s);
        }
    }

    /** http_event: something noteworthy that is no weird. */
    void oddity(String category, Bytes detail) {
        if (types.event.wanted()) {
            raise(types.event, connection.record(), Bytes.latin1(category), detail);
        }
    }

    void upgrade(Bytes protocol) {
        if (types.upgrade.wanted()) {
            raise(types.upgrade, connection.record(), protocol);
        }
    }

    void stats(int requests, int replies, int requestVersion, int replyVersion) {
        if (types.stats.wanted()) {
            RecordValue stats = records.record("http_stats_rec");
            stats.set(0, (long) requests);
            stats.set(1, (long) replies);
            stats.set(2, requestVersion / 10.0);
            stats.set(3, replyVersion / 10.0);
            raise(types.stats, connection.record(), stats);
        }
    }
}
