package dev.tandem.core.connection;

import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.header.HeaderRecords;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.record.RecordFactory;
import dev.tandem.core.record.RecordValue;

/** The events of single packets, with their headers: costly, and made only for handlers. */
final class PacketEvents {
    private final EventQueue queue;
    private final HeaderRecords headers;
    private final EventType raw;
    private final EventType unprocessed;
    private final EventType ofConnection;
    private final EventType extensionHeaders;
    private final EventType esp;
    private final EventType mobility;

    PacketEvents(EventRegistry events, EventQueue queue, RecordFactory records) {
        this.queue = queue;
        headers = new HeaderRecords(records);
        raw = events.event("raw_packet");
        unprocessed = events.event("packet_not_processed");
        ofConnection = events.event("new_packet");
        extensionHeaders = events.event("ipv6_ext_headers");
        esp = events.event("esp_packet");
        mobility = events.event("mobile_ipv6_message");
    }

    HeaderRecords headers() {
        return headers;
    }

    /** A packet of a connection, before anything else happens to it. */
    void belongs(Connection c, DecodedPacket p) {
        if (p.ipHeaders > 1 && extensionHeaders.wanted()) {
            queue.add(extensionHeaders, c.record(), headers.headers(p));
        }
        if (ofConnection.wanted()) {
            queue.add(ofConnection, c.record(), headers.headers(p));
        }
    }

    /** A frame from the packet source, after it was dealt with. */
    void processed(DecodedPacket p) {
        if (!p.processed && unprocessed.wanted()) {
            queue.add(unprocessed, headers.captured(p));
        }
        if (raw.wanted()) {
            queue.add(raw, headers.rawHeaders(p));
        }
    }

    void esp(DecodedPacket p) {
        raise(esp, p);
    }

    void mobility(DecodedPacket p) {
        raise(mobility, p);
    }

    private void raise(EventType event, DecodedPacket p) {
        if (event.wanted()) {
            RecordValue of = headers.headers(p);
            queue.add(event, of);
        }
    }
}
