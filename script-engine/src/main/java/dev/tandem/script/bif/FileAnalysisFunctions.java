package dev.tandem.script.bif;

import dev.tandem.core.file.ExtractFileAnalyzer;
import dev.tandem.core.file.FileAnalysis;
import dev.tandem.core.file.FileTable;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.types.EnumValue;
import org.jspecify.annotations.Nullable;

/** Files that are passing (zeek {@code src/file_analysis/file_analysis.bif}). */
public final class FileAnalysisFunctions {
    private static final String PREFIX = "Files::ANALYZER_";

    private FileAnalysisFunctions() {}

    private static FileTable files(ScriptContext ctx) {
        return ctx.service(FileTable.class);
    }

    private static String kind(EnumValue tag) {
        return tag.name().startsWith(PREFIX) ? tag.name().substring(PREFIX.length()) : tag.name();
    }

    @Bif(value = "set_file_handle", type = "function(handle: string): any")
    public static @Nullable Object setFileHandle(ScriptContext ctx, Bytes handle) {
        files(ctx).handle(handle);
        return null;
    }

    @Bif(value = "Files::__set_timeout_interval", type = "function(file_id: string, t: interval): bool")
    public static boolean setTimeoutInterval(ScriptContext ctx, Bytes fileId, double t) {
        return files(ctx).timeout(fileId.latin1(), t);
    }

    @Bif(value = "Files::__enable_reassembly", type = "function(file_id: string): bool")
    public static boolean enableReassembly(ScriptContext ctx, Bytes fileId) {
        return files(ctx).reassemble(fileId.latin1(), true);
    }

    @Bif(value = "Files::__disable_reassembly", type = "function(file_id: string): bool")
    public static boolean disableReassembly(ScriptContext ctx, Bytes fileId) {
        return files(ctx).reassemble(fileId.latin1(), false);
    }

    @Bif(value = "Files::__set_reassembly_buffer", type = "function(file_id: string, max: count): bool")
    public static boolean setReassemblyBuffer(ScriptContext ctx, Bytes fileId, long max) {
        return files(ctx).mostHeld(fileId.latin1(), max);
    }

    @Bif(value = "Files::__enable_analyzer", type = "function(tag: Files::Tag): bool")
    public static boolean enableAnalyzer(ScriptContext ctx, EnumValue tag) {
        return files(ctx).analyzers().enable(kind(tag), true);
    }

    @Bif(value = "Files::__disable_analyzer", type = "function(tag: Files::Tag): bool")
    public static boolean disableAnalyzer(ScriptContext ctx, EnumValue tag) {
        return files(ctx).analyzers().enable(kind(tag), false);
    }

    @Bif(value = "Files::__analyzer_enabled", type = "function(tag: Files::Tag): bool")
    public static boolean analyzerEnabled(ScriptContext ctx, EnumValue tag) {
        return files(ctx).analyzers().isEnabled(kind(tag));
    }

    @Bif(
            value = "Files::__add_analyzer",
            type = "function(file_id: string, tag: Files::Tag, args: Files::AnalyzerArgs): bool")
    public static boolean addAnalyzer(ScriptContext ctx, Bytes fileId, EnumValue tag, RecordValue args) {
        return files(ctx).add(fileId.latin1(), kind(tag), args);
    }

    @Bif(
            value = "Files::__remove_analyzer",
            type = "function(file_id: string, tag: Files::Tag, args: Files::AnalyzerArgs): bool")
    public static boolean removeAnalyzer(ScriptContext ctx, Bytes fileId, EnumValue tag, RecordValue args) {
        return files(ctx).remove(fileId.latin1(), kind(tag), args);
    }

    @Bif(value = "Files::__stop", type = "function(file_id: string): bool")
    public static boolean stop(ScriptContext ctx, Bytes fileId) {
        return files(ctx).ignore(fileId.latin1());
    }

    @Bif(value = "Files::__analyzer_name", type = "function(tag: Files::Tag): string")
    public static Bytes analyzerName(EnumValue tag) {
        return Bytes.of(kind(tag));
    }

    @Bif(value = "Files::__file_exists", type = "function(fuid: string): bool")
    public static boolean fileExists(ScriptContext ctx, Bytes fuid) {
        return files(ctx).find(fuid.latin1()) != null;
    }

    @Bif(value = "Files::__lookup_file", type = "function(fuid: string): fa_file")
    public static RecordValue lookupFile(ScriptContext ctx, Bytes fuid) {
        FileAnalysis file = files(ctx).find(fuid.latin1());
        if (file == null) {
            throw new ScriptError("file ID " + fuid + " not a known file");
        }
        return file.record();
    }

    /** Changes how much of a file is extracted. */
    @Bif(
            value = "FileExtract::__set_limit",
            type = "function(file_id: string, args: Files::AnalyzerArgs, n: count): bool")
    public static boolean setLimit(ScriptContext ctx, Bytes fileId, RecordValue args, long n) {
        if (files(ctx).analyzer(fileId.latin1(), "EXTRACT", args) instanceof ExtractFileAnalyzer extract) {
            extract.limit(n);
            return true;
        }
        return false;
    }
}
