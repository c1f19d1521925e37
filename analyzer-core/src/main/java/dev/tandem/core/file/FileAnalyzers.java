package dev.tandem.core.file;

import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.record.RecordValue;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of file analyzers by name, e.g. {@code SHA256}. Engine thread. */
public final class FileAnalyzers {
    /** Makes one for a file. */
    @FunctionalInterface
    public interface Factory {
        /**
         * @param args the script record Files::AnalyzerArgs
         * @return null when the arguments do not do
         */
        @Nullable
        FileAnalyzer create(FileAnalysis file, RecordValue args);
    }

    private final Map<String, Factory> kinds = new HashMap<>();
    private final Map<String, Boolean> disabled = new HashMap<>();

    /** With the analyzers that hash. */
    public FileAnalyzers(EventRegistry events) {
        HashFileAnalyzer.KINDS.forEach((name, algorithm) ->
                add(name, (file, args) -> new HashFileAnalyzer(file, name, algorithm, events.event("file_hash"))));
    }

    public void add(String name, Factory factory) {
        kinds.put(name, factory);
    }

    public boolean exists(String name) {
        return kinds.containsKey(name);
    }

    public boolean isEnabled(String name) {
        return exists(name) && !disabled.containsKey(name);
    }

    /** @return false when there is none of that name */
    public boolean enable(String name, boolean on) {
        if (on) {
            disabled.remove(name);
        } else {
            disabled.put(name, true);
        }
        return exists(name);
    }

    @Nullable
    FileAnalyzer create(String name, FileAnalysis file, RecordValue args) {
        Factory factory = kinds.get(name);
        return factory == null || !isEnabled(name) ? null : factory.create(file, args);
    }
}
