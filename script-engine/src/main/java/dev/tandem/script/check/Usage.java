package dev.tandem.script.check;

import dev.tandem.script.ast.Global;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.FuncType.Flavor;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which functions and handlers nothing can reach (zeek {@code src/script_opt/UsageAnalyzer.cc}): what is exported, global
 * or raised by the engine counts as used, and what those name.
 */
public final class Usage {
    private final Map<Global, Set<Global>> uses = new HashMap<>();
    private final Set<Global> roots = new HashSet<>();
    private final Set<Global> bodies = new LinkedHashSet<>();

    /** {@code what} is named by the body of {@code by}, or outside bodies when that is null. */
    public void use(@Nullable Global by, Global what) {
        if (by == null) {
            roots.add(what);
        } else if (by != what) {
            uses.computeIfAbsent(by, b -> new HashSet<>()).add(what);
        }
    }

    /**
     * A function, event or hook has a body.
     *
     * @param used whether that alone makes it used, as for events that the engine may raise
     */
    public void body(Global of, boolean used) {
        bodies.add(of);
        if (used) {
            roots.add(of);
        }
    }

    /** What is there so far is not to be judged, as the scripts that come with Tandem. */
    public void trust(Collection<Global> all) {
        roots.addAll(all);
    }

    /** Warns of handlers that nothing raises, then of functions that nothing calls. */
    public void report(Diagnostics diagnostics) {
        Set<Global> reached = reached();
        List<Global> idle = bodies.stream()
                .filter(g -> !reached.contains(g))
                .sorted(Comparator.comparing(Global::name))
                .toList();
        for (Global g : idle) {
            if (g.type() instanceof FuncType f && f.flavor() != Flavor.FUNCTION) {
                diagnostics.warning(
                        Mention.of(g), "handler for non-existing " + f.flavor().keyword() + " cannot be invoked");
            }
        }
        for (Global g : idle) {
            if (g.type() instanceof FuncType f && f.flavor() == Flavor.FUNCTION) {
                diagnostics.warning(Mention.of(g), "non-exported function does not have any callers");
            }
        }
    }

    private Set<Global> reached() {
        Deque<Global> open = new ArrayDeque<>(roots);
        for (Global g : bodies) {
            boolean event = g.type() instanceof FuncType f && f.flavor() == Flavor.EVENT;
            if (g.isExported() || !event && g.module().equals("GLOBAL") || g.deprecation() != null) {
                open.add(g);
            }
        }
        Set<Global> reached = new HashSet<>();
        while (!open.isEmpty()) {
            Global g = open.remove();
            if (reached.add(g)) {
                open.addAll(uses.getOrDefault(g, Set.of()));
            }
        }
        return reached;
    }
}
