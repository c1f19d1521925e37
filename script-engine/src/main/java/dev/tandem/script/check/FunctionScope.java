package dev.tandem.script.check;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Local;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The locals of the function being read. Names and slots are function-wide, but what a block declares may be used only in
 * it.
 */
public final class FunctionScope {
    private final @Nullable FunctionScope outer;
    private final FuncType type;
    private final String module;
    private final boolean implicitCaptures;
    private final Map<String, Local> locals = new LinkedHashMap<>();
    private final Deque<Set<String>> blocks = new ArrayDeque<>();
    private final Set<String> ended = new HashSet<>();
    private final List<Expr.Capture> captures = new ArrayList<>();
    private final Set<String> unlisted = new LinkedHashSet<>();
    private final Set<String> used = new HashSet<>();
    private int slots;
    private int loops;
    private int switches;

    /**
     * @param outer the function around a lambda, null for others
     * @param module the module that the function is read in
     * @param implicitCaptures whether a name of the outer function may be captured without being listed
     */
    public FunctionScope(@Nullable FunctionScope outer, FuncType type, String module, boolean implicitCaptures) {
        this.outer = outer;
        this.type = type;
        this.module = module;
        this.implicitCaptures = implicitCaptures;
        blocks.push(new HashSet<>());
    }

    public @Nullable FunctionScope outer() {
        return outer;
    }

    public FuncType type() {
        return type;
    }

    public int slots() {
        return slots;
    }

    public void enterBlock() {
        blocks.push(new HashSet<>());
    }

    public void leaveBlock() {
        ended.addAll(blocks.pop());
    }

    public void enterLoop() {
        loops++;
    }

    public void leaveLoop() {
        loops--;
    }

    public boolean inLoop() {
        return loops > 0;
    }

    public void enterSwitch() {
        switches++;
    }

    public void leaveSwitch() {
        switches--;
    }

    public boolean inSwitch() {
        return switches > 0;
    }

    /** Declares a local in the innermost block; one of the same name is forgotten. */
    public Local declare(String name, Type localType, Attributes attributes, boolean constant, Position at) {
        Local local = new Local(name, Globals.qualify(module, name), slots++, localType, attributes, constant, at);
        locals.put(name, local);
        ended.remove(name);
        Set<String> block = blocks.peek();
        if (block != null) {
            block.add(name);
        }
        return local;
    }

    /** The local of that name in reach, captured from the outer function if need be; null when there is none. */
    public @Nullable Local find(String name) {
        Local own = findHere(name);
        if (own != null) {
            used.add(name);
            return own;
        }
        if (outer == null || locals.containsKey(name)) {
            return null;
        }
        Local inner = capture(name, false);
        if (inner != null && !implicitCaptures) {
            unlisted.add(name);
        }
        return inner;
    }

    /** As {@link #find}, but only of this function. */
    public @Nullable Local findHere(String name) {
        return ended.contains(name) ? null : locals.get(name);
    }

    /** A local of this function that was declared in a block which has ended; null when there is none. */
    public @Nullable Local outOfScope(String name) {
        return ended.contains(name) ? locals.get(name) : null;
    }

    /** Captures a local of the outer function; null when it has none of that name. */
    public @Nullable Local capture(String name, boolean copy) {
        Local from = outer == null ? null : outer.find(name);
        if (from == null) {
            return null;
        }
        Local inner =
                new Local(name, from.label(), slots++, from.type(), from.attributes(), from.constant(), from.at());
        locals.put(name, inner);
        captures.add(new Expr.Capture(from, inner, copy));
        return inner;
    }

    public List<Expr.Capture> captures() {
        return List.copyOf(captures);
    }

    /** What the list of captures lacks or has in vain, in Zeek's words but for where; null when it is right. */
    public @Nullable String captureMistake(List<String> listed, String where) {
        Set<String> seen = new HashSet<>();
        for (String name : listed) {
            if (!seen.add(name)) {
                return name + " listed multiple times in capture";
            }
        }
        for (String name : unlisted) {
            return name + " is used inside " + where + " but not captured";
        }
        for (String name : listed) {
            if (locals.containsKey(name) && !used.contains(name)) {
                return name + " is captured but not used inside " + where;
            }
        }
        return null;
    }

    /** The captures that were listed. */
    public List<Expr.Capture> listedCaptures() {
        return captures.stream()
                .filter(c -> !unlisted.contains(c.inner().name()))
                .toList();
    }

    /** Locals that were declared by the function itself and never named again. */
    public List<Local> unused() {
        return locals.values().stream()
                .filter(l -> !used.contains(l.name())
                        && !l.name().equals("_")
                        && !l.attributes().has(Attr.IS_USED)
                        && type.params().slot(l.name()) < 0
                        && captures.stream().noneMatch(c -> c.inner() == l))
                .toList();
    }

    /** Local names in reach, for suggestions. */
    public List<String> names() {
        return locals.keySet().stream().filter(n -> !ended.contains(n)).toList();
    }
}
