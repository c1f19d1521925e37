package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.opaque.GlobSet;
import dev.tandem.script.runtime.OpaqueValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Many globs matched at once. */
public final class GlobFunctions {
    private static final Sketch.Kind<GlobSet> KIND = new Sketch.Kind<>("paraglob", "ParaglobVal", g -> g);

    private GlobFunctions() {}

    @Bif(value = "paraglob_init", type = "function(v: any): opaque of paraglob")
    public static @Nullable OpaqueValue init(ScriptContext ctx, Object v) {
        if (!(v instanceof VectorValue patterns) || !patterns.type().element().is(Tag.STRING)) {
            ctx.reporter().error("paraglob requires a vector of strings for initialization.", null);
            return null;
        }
        List<Bytes> globs = new ArrayList<>(patterns.size());
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i) instanceof Bytes glob) {
                globs.add(glob);
            }
        }
        return KIND.of(new GlobSet(globs));
    }

    @Bif(value = "paraglob_match", type = "function(handle: opaque of paraglob, match: string): string_vec")
    public static VectorValue match(OpaqueValue handle, Bytes match) {
        return BifTypes.strings(KIND.cast(handle).content().matching(match));
    }

    @Bif(value = "paraglob_equals", type = "function(p_one: opaque of paraglob, p_two: opaque of paraglob): bool")
    public static boolean equals(OpaqueValue one, OpaqueValue two) {
        return KIND.cast(one).content().sameGlobsAs(KIND.cast(two).content());
    }
}
