package dev.tandem.script.framework;

import dev.tandem.core.file.ExtractFileAnalyzer;
import dev.tandem.core.file.FileAnalysis;
import dev.tandem.core.file.FileAnalyzer;
import dev.tandem.core.file.FileAnalyzers;
import dev.tandem.core.file.FileContext;
import dev.tandem.core.file.FileTable;
import dev.tandem.core.protocol.Protocols;
import dev.tandem.core.record.RecordFactory;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.Equality;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What scripts give to the analysis of files and protocols: kinds of content, options, analyzers that call events. */
public final class FileScripts implements FileContext {
    private final ScriptContext context;
    private final RecordFactory records;

    public FileScripts(ScriptContext context, RecordFactory records) {
        this.context = context;
        this.records = records;
    }

    @Override
    public RecordValue metadata(Bytes begin) {
        RecordValue meta = records.record("fa_metadata");
        List<MimeTypes.Match> matches = context.service(MimeTypes.class).of(begin);
        if (!matches.isEmpty()) {
            meta.set(0, Bytes.of(matches.getFirst().type()));
            Object all = records.vector("mime_matches");
            for (MimeTypes.Match m : matches) {
                RecordValue r = records.record("mime_match");
                r.set(0, (long) m.strength());
                r.set(1, Bytes.of(m.type()));
                records.append(all, r);
            }
            meta.set(1, all);
        }
        return meta;
    }

    @Override
    public boolean sameArguments(RecordValue a, RecordValue b) {
        return Equality.equal(a, b);
    }

    /** Adds the analyzers that write to disk or call events of scripts. */
    public void addTo(FileAnalyzers analyzers) {
        analyzers.add(
                "EXTRACT",
                ExtractFileAnalyzer.factory(
                        context.eventTypes(), m -> context.reporter().error(m, null)));
        analyzers.add("DATA_EVENT", this::dataEvents);
    }

    private @Nullable FileAnalyzer dataEvents(FileAnalysis file, RecordValue args) {
        FuncValue chunks = function(args, "chunk_event");
        FuncValue stream = function(args, "stream_event");
        if (chunks == null && stream == null) {
            return null;
        }
        return new FileAnalyzer() {
            @Override
            public boolean stream(byte[] data, int from, int to) {
                if (stream != null) {
                    context.raise(stream, file.record(), Bytes.copyOf(data, from, to));
                }
                return true;
            }

            @Override
            public boolean chunk(byte[] data, int from, int to, long offset) {
                if (chunks != null) {
                    context.raise(chunks, file.record(), Bytes.copyOf(data, from, to), offset);
                }
                return true;
            }
        };
    }

    private static @Nullable FuncValue function(RecordValue args, String field) {
        int slot = args.layout().slot(field);
        return slot >= 0 && args.get(slot) instanceof FuncValue f ? f : null;
    }

    /** Copies the script options that protocols and files obey. */
    public void configure(Protocols protocols, FileTable files) {
        protocols.http().longestUri = (int) context.number("truncate_http_URI", -1);
        files.options().timeout = context.number("default_file_timeout_interval", files.options().timeout);
        files.options().idBits = (int) context.number("bits_per_uid", files.options().idBits);
        if (context.global("digest_salt") instanceof Bytes salt) {
            files.ids().salt(salt);
        }
    }
}
