package dev.tandem.script.check;

import dev.tandem.script.ast.Global;
import dev.tandem.script.source.Position;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All global identifiers of one engine, by full name, and its modules (zeek {@code src/Scope.cc}, lookup_ID). */
public final class Globals {
    private final Map<String, Global> byName = new LinkedHashMap<>();
    private final Set<String> modules = new HashSet<>(Set.of("GLOBAL"));

    public void addModule(String name) {
        modules.add(name);
    }

    public boolean isModule(String name) {
        return modules.contains(name);
    }

    public Set<String> modules() {
        return Collections.unmodifiableSet(modules);
    }

    /** {@code name} as seen from a module, qualified. */
    public static String qualify(String module, String name) {
        if (name.startsWith("::")) {
            return name.substring(2);
        }
        if (name.startsWith("GLOBAL::")) {
            return name.substring(8);
        }
        return module.equals("GLOBAL") || name.contains("::") ? name : module + "::" + name;
    }

    public @Nullable Global exact(String fullName) {
        return byName.get(fullName);
    }

    /** What an unqualified or qualified name means inside a module: that module's, else the global one. */
    public @Nullable Global find(String module, String name) {
        Global own = byName.get(qualify(module, name));
        if (own != null || name.contains("::")) {
            return own;
        }
        return byName.get(name);
    }

    /** Puts back an identifier that a repeated declaration replaced. */
    public void restore(Global global) {
        byName.put(global.name(), global);
    }

    public Global declare(String fullName, Global.Kind kind, Position at) {
        Global global = new Global(fullName, kind, at);
        byName.put(fullName, global);
        return global;
    }

    /** In order of declaration. */
    public Collection<Global> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** Names as seen from a module, for suggestions. */
    public List<String> namesSeenFrom(String module) {
        String prefix = module + "::";
        return byName.keySet().stream()
                .map(n -> n.startsWith(prefix) ? n.substring(prefix.length()) : n)
                .collect(Collectors.toList());
    }
}
