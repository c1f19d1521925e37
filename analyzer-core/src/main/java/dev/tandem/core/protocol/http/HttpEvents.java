package dev.tandem.core.protocol.http;

import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import java.util.List;

/** The events of HTTP, looked up once. */
final class HttpEvents {
    final EventType request;
    final EventType reply;
    final EventType header;
    final EventType allHeaders;
    final EventType beginEntity;
    final EventType endEntity;
    final EventType contentType;
    final EventType entityData;
    final EventType messageDone;
    final EventType event;
    final EventType stats;
    final EventType upgrade;

    HttpEvents(EventRegistry events) {
        request = events.event("http_request");
        reply = events.event("http_reply");
        header = events.event("http_header");
        allHeaders = events.event("http_all_headers");
        beginEntity = events.event("http_begin_entity");
        endEntity = events.event("http_end_entity");
        contentType = events.event("http_content_type");
        entityData = events.event("http_entity_data");
        messageDone = events.event("http_message_done");
        event = events.event("http_event");
        stats = events.event("http_stats");
        upgrade = events.event("http_connection_upgrade");
    }

    List<EventType> all() {
        return List.of(
                request,
                reply,
                header,
                allHeaders,
                beginEntity,
                endEntity,
                contentType,
                entityData,
                messageDone,
                event,
                stats,
                upgrade);
    }
}
