package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.framework.MimeTypes;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.VectorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What kind of file some bytes are. */
public final class MimeFunctions {
    private MimeFunctions() {}

    @Bif(value = "identify_data", type = "function(data: string, return_mime: bool &default=T): string")
    public static Bytes identifyData(ScriptContext ctx, Bytes data, @Nullable Boolean returnMime) {
        if (Boolean.FALSE.equals(returnMime)) {
            ctx.reporter()
                    .warning(
                            "identify_data() builtin-function only returns MIME types, but verbose file info"
                                    + " requested",
                            null);
        }
        List<MimeTypes.Match> matches = ctx.service(MimeTypes.class).of(data);
        return Bytes.of(matches.isEmpty() ? "<unknown>" : matches.getFirst().type());
    }

    @Bif(value = "file_magic", type = "function(data: string): mime_matches")
    public static VectorValue fileMagic(ScriptContext ctx, Bytes data) {
        if (!(ctx.type("mime_matches") instanceof VectorType list && list.element() instanceof RecordType type)) {
            throw new ScriptError("type mime_matches is not declared");
        }
        VectorValue matches = new VectorValue(list);
        for (MimeTypes.Match m : ctx.service(MimeTypes.class).of(data)) {
            RecordValue r = Records.bare(type);
            r.set(0, (long) m.strength());
            r.set(1, Bytes.of(m.type()));
            matches.add(r);
        }
        return matches;
    }
}
