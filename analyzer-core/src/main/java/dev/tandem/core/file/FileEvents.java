package dev.tandem.core.file;

import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;

/** The events of files, looked up once. */
final class FileEvents {
    final EventType handle;
    final EventType fileNew;
    final EventType overNewConnection;
    final EventType sniff;
    final EventType timeout;
    final EventType gap;
    final EventType reassemblyOverflow;
    final EventType stateRemove;

    FileEvents(EventRegistry events) {
        handle = events.event("get_file_handle");
        fileNew = events.event("file_new");
        overNewConnection = events.event("file_over_new_connection");
        sniff = events.event("file_sniff");
        timeout = events.event("file_timeout");
        gap = events.event("file_gap");
        reassemblyOverflow = events.event("file_reassembly_overflow");
        stateRemove = events.event("file_state_remove");
    }
}
