package dev.tandem.script.gen;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.Local;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.interp.Body;
import dev.tandem.script.interp.Fragment;
import dev.tandem.script.interp.Interpreter;
import dev.tandem.script.types.Type;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;

/** One body while it is compiled: its method, its locals, and the parts of the compiler that work on it. */
final class Scope {
    final Interpreter interpreter;
    final Signatures signatures;
    final GeneratedClass owner;
    final Code code;
    final Exprs exprs;
    final Operators operators;
    final Places places;
    final Accesses accesses;
    final Calls calls;
    final Stmts stmts;
    private final LocalPlan plan;
    private final Map<Integer, Integer> variables = new HashMap<>();
    private final Map<Integer, Integer> captured = new HashMap<>();
    private int captures;

    Scope(Interpreter interpreter, Signatures signatures, GeneratedClass owner, Code code, LocalPlan plan) {
        this.interpreter = interpreter;
        this.signatures = signatures;
        this.owner = owner;
        this.code = code;
        this.plan = plan;
        exprs = new Exprs(this);
        operators = new Operators(this);
        places = new Places(this);
        accesses = new Accesses(this);
        calls = new Calls(this);
        stmts = new Stmts(this);
    }

    /** The method of a whole body, its parameters and locals where they belong. */
    static Scope ofBody(
            Interpreter interpreter, Signatures signatures, GeneratedClass owner, Code code, Signature signature) {
        Body body = signature.body();
        LocalPlan plan = new LocalPlan(body.source(), body.captureSlots(), signatures::mayEndEarly);
        Scope scope = new Scope(interpreter, signatures, owner, code, plan);
        scope.stmts.leaveBy(new BodyExit(scope, signature));
        int at = 0;
        for (int i = 0; i < signature.params().size(); i++) {
            scope.parameter(body.source().params().get(i), signature.params().get(i), at);
            at += signature.params().get(i).kind().words;
        }
        scope.captures = at;
        int[] slots = body.captureSlots();
        for (int i = 0; i < slots.length; i++) {
            scope.captured.put(slots[i], i);
        }
        scope.declareOthers();
        return scope;
    }

    private void parameter(Local p, JavaType given, int at) {
        int variable = at;
        if (plan.type(p) != given) {
            code.load(given.kind(), at);
            code.box(given.kind());
            variable = code.variable(Kind.REF);
            code.store(Kind.REF, variable);
        }
        keep(p, variable);
    }

    private void declareOthers() {
        for (Local l : plan.locals().values()) {
            if (!variables.containsKey(l.slot()) && !captured.containsKey(l.slot())) {
                JavaType t = plan.type(l);
                int variable = code.variable(t.kind());
                code.out.visitInsn(t.nothing());
                code.store(t.kind(), variable);
                keep(l, variable);
            }
        }
    }

    /** Says in which variable a local is. */
    void keep(Local l, int variable) {
        variables.put(l.slot(), variable);
    }

    Site site(Expr e) {
        return new Site(interpreter, e);
    }

    void pushSite(Expr e) {
        code.push(site(e), Site.class);
    }

    // ---- locals

    /** Pushes a local as it is kept: an object may be null. */
    private JavaType loadKept(Local l) {
        Integer element = captured.get(l.slot());
        JavaType kept = plan.type(l);
        if (element != null) {
            code.load(Kind.REF, captures);
            code.push(element);
            code.out.visitInsn(Opcodes.AALOAD);
            return JavaType.OBJECT;
        }
        code.load(kept.kind(), variable(l));
        return kept;
    }

    private int variable(Local l) {
        Integer at = variables.get(l.slot());
        if (at == null) {
            throw new NotCompiled("a local that nobody declared");
        }
        return at;
    }

    /** Pushes a local's value; the site is named when it is not set. */
    void load(Local l, Expr site) {
        JavaType kept = loadKept(l);
        JavaType natural = JavaType.of(l.type());
        if (plan.mayBeUnset(l)) {
            pushSite(site);
            code.call(Generated.class, "set", "(Ljava/lang/Object;Ldev/tandem/script/gen/Site;)Ljava/lang/Object;");
            code.unbox(natural);
        } else if (kept != natural) {
            code.unbox(natural);
        }
    }

    /** Pushes a local's value boxed, null when it is not set. */
    void loadObject(Local l) {
        code.box(loadKept(l).kind());
    }

    /** Pops a value of the local's type into it. */
    void store(Local l) {
        JavaType natural = JavaType.of(l.type());
        Integer element = captured.get(l.slot());
        if (element != null) {
            code.box(natural.kind());
            code.load(Kind.REF, captures);
            code.out.visitInsn(Opcodes.SWAP);
            code.push(element);
            code.out.visitInsn(Opcodes.SWAP);
            code.out.visitInsn(Opcodes.AASTORE);
            return;
        }
        JavaType kept = plan.type(l);
        if (!kept.isScalar()) {
            code.box(natural.kind());
        }
        code.store(kept.kind(), variable(l));
    }

    /** Makes a local unset where that can be seen. */
    void unset(Local l) {
        if (plan.mayBeUnset(l)) {
            code.out.visitInsn(Opcodes.ACONST_NULL);
            if (captured.containsKey(l.slot())) {
                throw new NotCompiled("a capture is declared again");
            }
            code.store(Kind.REF, variable(l));
        }
    }

    // ---- what is left to the interpreter

    /** Pushes the value of an expression that the interpreter evaluates, null where there is none. */
    void foreign(Expr e) {
        Map<Integer, Local> used = Used.by(e);
        BitSet assigned = Used.assigned(e);
        code.push(new Fragment(interpreter, e), Fragment.class);
        slots(used);
        if (assigned.isEmpty()) {
            code.callVirtual(Fragment.class, "eval", "([Ljava/lang/Object;)Ljava/lang/Object;");
            return;
        }
        int array = code.variable(Kind.REF);
        code.dup(Kind.REF);
        code.store(Kind.REF, array);
        code.callVirtual(Fragment.class, "eval", "([Ljava/lang/Object;)Ljava/lang/Object;");
        for (Local l : used.values()) {
            if (assigned.get(l.slot())) {
                code.load(Kind.REF, array);
                code.push(l.slot());
                code.out.visitInsn(Opcodes.AALOAD);
                storeObject(l);
            }
        }
    }

    /** A statement that the interpreter runs. */
    void foreign(Stmt.When w) {
        code.push(new Fragment(interpreter, w), Fragment.class);
        slots(Used.by(w));
        code.callVirtual(Fragment.class, "run", "([Ljava/lang/Object;)V");
    }

    private void slots(Map<Integer, Local> used) {
        int size = 0;
        for (int slot : used.keySet()) {
            size = Math.max(size, slot + 1);
        }
        code.push(size);
        code.out.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        for (Local l : used.values()) {
            code.dup(Kind.REF);
            code.push(l.slot());
            loadObject(l);
            code.out.visitInsn(Opcodes.AASTORE);
        }
    }

    private void storeObject(Local l) {
        Integer element = captured.get(l.slot());
        if (element != null) {
            code.load(Kind.REF, captures);
            code.out.visitInsn(Opcodes.SWAP);
            code.push(element);
            code.out.visitInsn(Opcodes.SWAP);
            code.out.visitInsn(Opcodes.AASTORE);
            return;
        }
        code.cast(plan.type(l).owner());
        code.store(Kind.REF, variable(l));
    }

    // ---- types on the stack

    /** Makes what an expression of one type left fit for another, as far as the classes go. */
    void adapt(Type from, Type to) {
        adapt(JavaType.of(from), JavaType.of(to));
    }

    void adapt(JavaType a, JavaType b) {
        if (a == b) {
            return;
        }
        if (a.isScalar() && b.isScalar()) {
            throw new NotCompiled("unlike types");
        }
        if (a.isScalar()) {
            code.box(a.kind());
            code.cast(b.owner());
        } else {
            code.unbox(b);
        }
    }
}
