package dev.tandem.core.protocol.http;

import static dev.tandem.core.packet.TcpHeader.ACK;
import static dev.tandem.core.packet.TcpHeader.SYN;

import dev.tandem.core.analyzer.AnalyzerRegistry;
import dev.tandem.core.connection.Connection;
import dev.tandem.core.connection.Shard;
import dev.tandem.core.connection.StreamConsumer;
import dev.tandem.core.file.FileAnalyzers;
import dev.tandem.core.file.FileContext;
import dev.tandem.core.file.FileTable;
import dev.tandem.core.packet.PacketBuilder;
import dev.tandem.core.protocol.Protocols;
import dev.tandem.core.record.PlainRecords;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One connection with an HTTP analyzer, fed in pieces of any size, and what it told. */
final class HttpTalk implements FileContext {
    private static final String[] EVENTS = {
        "http_request",
        "http_reply",
        "http_header",
        "http_begin_entity",
        "http_end_entity",
        "http_content_type",
        "http_message_done",
        "http_event",
        "conn_weird",
        "analyzer_violation_info",
        "analyzer_confirmation_info",
        "file_new",
        "file_hash",
        "file_gap",
        "file_state_remove"
    };

    final Shard shard = new Shard();

    /** Events in order, without the connection; data of one entity in one. */
    final List<String> said = new ArrayList<>();

    final FileTable files;
    private final PlainRecords records = new PlainRecords();
    private final int piece;
    private StreamConsumer consumer;
    private int bodies;

    /** @param piece bytes handed over at once */
    HttpTalk(int piece) {
        this(piece, 80);
    }

    HttpTalk(int piece, int port) {
        this.piece = piece;
        AnalyzerRegistry registry = new AnalyzerRegistry(shard.registry, shard.queue, records, shard.time::now);
        files = new FileTable(
                shard.registry, shard.queue, records, shard.time, new FileAnalyzers(shard.registry), this);
        new Protocols(registry, shard.registry, shard.time, files);
        registry.registerPort(Objects.requireNonNull(registry.tag("HTTP")), Port.of(80, Port.Proto.TCP));
        for (String name : EVENTS) {
            shard.registry.event(name).handler((type, arguments) -> said.add(name + text(arguments)));
        }
        shard.registry.event("http_entity_data").handler((type, arguments) -> data((Bytes) arguments[3]));
        shard.tracker.consumers(registry);
        shard.send(
                PacketBuilder.tcp("10.0.0.1", 1234, "10.0.0.2", port)
                        .flags(SYN)
                        .sequence(1)
                        .build(),
                PacketBuilder.tcp("10.0.0.2", port, "10.0.0.1", 1234)
                        .flags(SYN | ACK)
                        .sequence(100)
                        .acknowledgement(2)
                        .build(),
                PacketBuilder.tcp("10.0.0.1", 1234, "10.0.0.2", port)
                        .flags(ACK)
                        .sequence(2)
                        .acknowledgement(101)
                        .build());
        shard.run();
        shard.tracker.table().forEach(this::take);
    }

    private void take(Connection c) {
        consumer = c.consumer();
    }

    boolean isAnalyzed() {
        return consumer != null;
    }

    private void data(Bytes bytes) {
        int last = said.size() - 1;
        if (last >= 0 && said.get(last).startsWith("data ")) {
            said.set(last, said.get(last) + bytes.latin1());
        } else {
            said.add("data " + bytes.latin1());
        }
    }

    private static String text(Object[] arguments) {
        StringBuilder out = new StringBuilder();
        for (Object a : arguments) {
            if (!(a instanceof RecordValue r)) {
                out.append(' ').append(a);
            } else if (r.layout().typeName().equals("http_message_stat")) {
                out.append(" interrupted ").append(r.get(1)).append(" body ").append(r.get(3));
                out.append(" gap ").append(r.get(4)).append(" header ").append(r.get(5));
            }
        }
        return out.toString();
    }

    /** Files are asked for by get_file_handle: each body is one, and hashed. */
    HttpTalk withFiles() {
        shard.registry.event("get_file_handle").handler((type, arguments) -> files.handle(Bytes.of("body " + bodies)));
        shard.registry.event("http_end_entity").handler((type, arguments) -> bodies++);
        shard.registry.event("file_new").handler((type, arguments) -> {
            RecordValue f = (RecordValue) arguments[0];
            said.add("file_new");
            files.add(String.valueOf(f.get(0)), "SHA256", records.record("Files::AnalyzerArgs"));
        });
        return this;
    }

    HttpTalk client(String text) {
        return send(true, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    HttpTalk server(String text) {
        return send(false, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    HttpTalk send(boolean client, byte[] bytes) {
        for (int at = 0; at < bytes.length; at += piece) {
            consumer.data(client, bytes, at, Math.min(piece, bytes.length - at));
        }
        shard.queue.drain();
        return this;
    }

    HttpTalk serverGap(int bytes) {
        return gap(false, bytes);
    }

    HttpTalk gap(boolean client, int bytes) {
        consumer.gap(client, 1, bytes);
        shard.queue.drain();
        return this;
    }

    List<String> end() {
        consumer.endOfStream(true);
        consumer.endOfStream(false);
        consumer.finished();
        consumer.done();
        shard.queue.drain();
        shard.queue.drain();
        return said;
    }

    @Override
    public RecordValue metadata(Bytes begin) {
        return records.record("fa_metadata");
    }

    @Override
    public boolean sameArguments(RecordValue a, RecordValue b) {
        return true;
    }
}
