package dev.tandem.core.protocol;

import dev.tandem.core.analyzer.AnalyzerRegistry;
import dev.tandem.core.engine.NetworkTime;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.file.FileTable;
import dev.tandem.core.protocol.http.HttpAnalyzer;
import dev.tandem.core.protocol.http.HttpOptions;

/** All protocols there are analyzers for. To add one: its package, and a line here. */
public final class Protocols {
    private final HttpOptions http = new HttpOptions();

    public Protocols(AnalyzerRegistry registry, EventRegistry events, NetworkTime time, FileTable files) {
        registry.add(HttpAnalyzer.tag(events, time, files, http));
    }

    public HttpOptions http() {
        return http;
    }
}
