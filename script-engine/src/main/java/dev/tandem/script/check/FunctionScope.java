package dev.tandem.script.check;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Local;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The locals of the function being read. Slots are function-wide, names end with their block: a name used outside is an
 * error of its own ("out-of-scope local").
 */
public final class FunctionScope {
    private final @Nullable FunctionScope outer;
    private final FuncType type;
    private final boolean implicitCaptures;
    private final Deque<Map<String, Local>> blocks = new ArrayDeque<>();
    private final Map<String, Local> everDeclared = new HashMap<>();
    private final List<Expr.Capture> captures = new ArrayList<>();
    private int slots;
    private int loops;
    private int switches;

    /**
     * @param outer the function around a lambda, null for others
     * @param implicitCaptures whether a name of the outer function is captured without being listed
     */
    public FunctionScope(@Nullable FunctionScope outer, FuncType type, boolean implicitCaptures) {
        this.outer = outer;
        this.type = type;
        this.implicitCaptures = implicitCaptures;
        blocks.push(new HashMap<>());
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
        blocks.push(new HashMap<>());
    }

    public void leaveBlock() {
        blocks.pop();
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

    /** Declares a local in the innermost block. */
    public Local declare(String name, Type localType, Attributes attributes, boolean constant) {
        Local local = new Local(name, slots++, localType, attributes, constant);
        Map<String, Local> block = blocks.peek();
        if (block != null) {
            block.put(name, local);
        }
        everDeclared.put(name, local);
        return local;
    }

    /** The local of that name in reach, captured from the outer function if need be; null when there is none. */
    public @Nullable Local find(String name) {
        Local own = findHere(name);
        if (own != null || outer == null) {
            return own;
        }
        return implicitCaptures ? capture(name, false) : null;
    }

    /** As {@link #find}, but only in blocks of this function. */
    public @Nullable Local findHere(String name) {
        for (Map<String, Local> block : blocks) {
            Local local = block.get(name);
            if (local != null) {
                return local;
            }
        }
        return null;
    }

    /** Captures a local of the outer function; null when it has none of that name. */
    public @Nullable Local capture(String name, boolean copy) {
        Local from = outer == null ? null : outer.find(name);
        if (from == null) {
            return null;
        }
        Local inner = new Local(name, slots++, from.type(), from.attributes(), from.constant());
        Map<String, Local> outermost = blocks.peekLast();
        if (outermost != null) {
            outermost.put(name, inner);
        }
        captures.add(new Expr.Capture(from, inner, copy));
        return inner;
    }

    public List<Expr.Capture> captures() {
        return List.copyOf(captures);
    }

    /** Whether a local of that name existed in a block that has ended. */
    public boolean isOutOfScope(String name) {
        return everDeclared.containsKey(name);
    }

    /** Whether the outer function has such a local, which this lambda would have to capture. */
    public boolean outerHas(String name) {
        return outer != null && (outer.findHere(name) != null || outer.outerHas(name));
    }

    /** Local names in reach, for suggestions. */
    public List<String> names() {
        List<String> all = new ArrayList<>();
        blocks.forEach(b -> all.addAll(b.keySet()));
        return all;
    }
}
