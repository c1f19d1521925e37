package dev.tandem.script.bif;

import dev.tandem.core.analyzer.Analyzer;
import dev.tandem.core.analyzer.AnalyzerRegistry;
import dev.tandem.core.analyzer.AnalyzerTag;
import dev.tandem.core.analyzer.AnalyzerTree;
import dev.tandem.core.connection.Connection;
import dev.tandem.core.connection.ConnectionTracker;
import dev.tandem.core.protocol.http.HttpAnalyzer;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Analyzers of protocols: where they are attached and where not (zeek {@code src/analyzer/analyzer.bif}, {@code src/zeek.bif}). A
 * tag that scripts know and the engine has no analyzer for may be registered and named; nothing comes of it.
 */
public final class AnalyzerFunctions {
    private static final String MARK = "::ANALYZER_";
    private static final String PACKETS = "PacketAnalyzer" + MARK;
    private static final String FILES = "Files" + MARK;

    private AnalyzerFunctions() {}

    /** Null when the engine has no such analyzer. */
    private static @Nullable AnalyzerTag known(ScriptContext ctx, EnumValue tag) {
        return tag.name().startsWith(AnalyzerTag.PREFIX)
                ? ctx.service(AnalyzerRegistry.class).tag(tag.name().substring(AnalyzerTag.PREFIX.length()))
                : null;
    }

    private static boolean enable(ScriptContext ctx, EnumValue tag, boolean on) {
        AnalyzerTag known = known(ctx, tag);
        if (known != null) {
            known.enabled(on);
        }
        return known != null;
    }

    @Bif(value = "Analyzer::__enable_analyzer", type = "function(id: Analyzer::Tag): bool")
    public static boolean enableAnalyzer(ScriptContext ctx, EnumValue id) {
        return enable(ctx, id, true);
    }

    @Bif(value = "Analyzer::__disable_analyzer", type = "function(id: Analyzer::Tag): bool")
    public static boolean disableKind(ScriptContext ctx, EnumValue id) {
        return enable(ctx, id, false);
    }

    @Bif(value = "Analyzer::__disable_all_analyzers", type = "function(): bool")
    public static boolean disableAll(ScriptContext ctx) {
        ctx.service(AnalyzerRegistry.class).tags().forEach(tag -> tag.enabled(false));
        return true;
    }

    @Bif(value = "Analyzer::__register_for_port", type = "function(id: Analyzer::Tag, p: port): bool")
    public static boolean registerForPort(ScriptContext ctx, EnumValue id, Port p) {
        AnalyzerTag known = known(ctx, id);
        if (known != null) {
            ctx.service(AnalyzerRegistry.class).registerPort(known, p);
        }
        return true;
    }

    /** Says that who uses that port is the responder, when the beginning of a connection was not seen. */
    @Bif(value = "Analyzer::__serves", type = "function(p: port): bool")
    public static boolean serves(ScriptContext ctx, Port p) {
        ctx.service(ConnectionTracker.class).settings().likelyServerPorts.add(p);
        return true;
    }

    @Bif(
            value = "Analyzer::__schedule_analyzer",
            type = "function(orig: addr, resp: addr, resp_p: port, analyzer: Analyzer::Tag, tout: interval): bool")
    public static boolean scheduleAnalyzer(
            ScriptContext ctx, Addr orig, Addr resp, Port respPort, EnumValue analyzer, double tout) {
        AnalyzerTag known = known(ctx, analyzer);
        if (known != null) {
            ctx.service(AnalyzerRegistry.class).schedule(orig, resp, respPort, known, tout);
        }
        return true;
    }

    /** The constant's name without what all of its kind begin with. */
    @Bif(value = "Analyzer::__name", type = "function(atype: AllAnalyzers::Tag): string")
    public static Bytes name(EnumValue atype) {
        int at = atype.name().indexOf(MARK);
        return at < 0 ? Bytes.latin1("<error>") : Bytes.of(atype.name().substring(at + MARK.length()));
    }

    private static @Nullable EnumValue constant(ScriptContext ctx, Bytes name) {
        String upper = name.latin1().toUpperCase(Locale.ROOT);
        if (ctx.type("Analyzer::Tag") instanceof EnumType tags) {
            for (String prefix : new String[] {AnalyzerTag.PREFIX, PACKETS}) {
                EnumValue v = tags.byName(prefix + upper);
                if (v != null) {
                    return v;
                }
            }
        }
        return ctx.type("Files::Tag") instanceof EnumType files ? files.byName(FILES + upper) : null;
    }

    @Bif(value = "Analyzer::__has_tag", type = "function(name: string): bool")
    public static boolean hasTag(ScriptContext ctx, Bytes name) {
        return constant(ctx, name) != null;
    }

    @Bif(value = "Analyzer::__tag", type = "function(name: string): AllAnalyzers::Tag")
    public static EnumValue tag(ScriptContext ctx, Bytes name) {
        EnumValue v = constant(ctx, name);
        if (v == null) {
            throw new ScriptError("there is no analyzer " + name);
        }
        return v;
    }

    @Bif(value = "is_protocol_analyzer", type = "function(atype: AllAnalyzers::Tag): bool")
    public static boolean isProtocolAnalyzer(EnumValue atype) {
        return atype.name().startsWith(AnalyzerTag.PREFIX);
    }

    @Bif(value = "is_packet_analyzer", type = "function(atype: AllAnalyzers::Tag): bool")
    public static boolean isPacketAnalyzer(EnumValue atype) {
        return atype.name().startsWith(PACKETS);
    }

    @Bif(value = "is_file_analyzer", type = "function(atype: AllAnalyzers::Tag): bool")
    public static boolean isFileAnalyzer(EnumValue atype) {
        return atype.name().startsWith(FILES);
    }

    private static @Nullable AnalyzerTree tree(@Nullable Connection c) {
        return c != null && c.consumer() instanceof AnalyzerTree tree ? tree : null;
    }

    /** 0 when there is no such connection, or no such analyzer in it. */
    @Bif(value = "lookup_connection_analyzer_id", type = "function(cid: conn_id, atype: AllAnalyzers::Tag): count")
    public static long lookupConnectionAnalyzerId(ScriptContext ctx, RecordValue cid, EnumValue atype) {
        AnalyzerTree tree = tree(ConnectionFunctions.find(ctx, cid));
        AnalyzerTag known = known(ctx, atype);
        Analyzer found = tree == null || known == null ? null : tree.find(known);
        return found == null ? 0 : found.id();
    }

    @Bif(
            value = "disable_analyzer",
            type = "function(cid: conn_id, aid: count, err_if_no_conn: bool &default=T, prevent: bool &default=F):"
                    + " bool")
    public static boolean disableAnalyzer(
            ScriptContext ctx, RecordValue cid, long aid, @Nullable Boolean errIfNoConn, @Nullable Boolean prevent) {
        Connection c = ConnectionFunctions.find(ctx, cid);
        if (c == null) {
            if (!Boolean.FALSE.equals(errIfNoConn)) {
                ctx.callError("cannot find connection", cid);
            }
            return false;
        }
        AnalyzerTree tree = tree(c);
        return tree != null && tree.remove(aid, Boolean.TRUE.equals(prevent));
    }

    /** Hands on nothing more of the body that is passing in that direction. */
    @Bif(value = "skip_http_entity_data", type = "function(c: connection, is_orig: bool): any")
    public static @Nullable Object skipHttpEntityData(ScriptContext ctx, RecordValue c, boolean isOrig) {
        AnalyzerTag http = ctx.service(AnalyzerRegistry.class).tag("HTTP");
        if (c.get(0) instanceof RecordValue id && http != null) {
            AnalyzerTree tree = tree(ConnectionFunctions.find(ctx, id));
            if (tree != null && tree.find(http) instanceof HttpAnalyzer analyzer) {
                analyzer.skipEntityData(isOrig);
            }
        }
        return null;
    }
}
