package dev.tandem.script.gen;

import dev.tandem.script.ast.FunctionBody;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.interp.Body;
import dev.tandem.script.interp.CompiledBody;
import dev.tandem.script.interp.CompiledLoop;
import dev.tandem.script.interp.Frame;
import dev.tandem.script.interp.Interpreter;
import dev.tandem.script.interp.Tier;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tier 1 of one engine: says when a body is compiled, and loads it. A body that compiled code calls is compiled at that call,
 * whatever its count: the JVM then asks the class loader for it.
 *
 * <p>To be switched on when all scripts are read: compiled code relies on types, constants and prototypes as they are then.
 * Bodies and event groups may change later; calls look whether they have.
 */
public final class Tiering implements Tier {
    private final Signatures signatures = new Signatures();
    private final BodyCompiler compiler;
    private final GeneratedClassLoader loader;
    private final LoopCompiler loops;
    private final JitOptions options;
    private final Map<String, GeneratedClass> made = new HashMap<>();
    private int loopNumber;

    public Tiering(Interpreter interpreter, JitOptions options) {
        this.options = options;
        loops = new LoopCompiler(interpreter, signatures);
        compiler = new BodyCompiler(interpreter, signatures, why -> {});
        loader = new GeneratedClassLoader(
                name -> {
                    GeneratedClass loop = made.remove(name);
                    if (loop != null) {
                        return loop;
                    }
                    Signature s = signatures.named(name);
                    return s == null ? null : compiler.compile(s);
                },
                new ClassDump(options.dump(), Path.of(""), interpreter.context().reporter()));
    }

    @Override
    public int threshold() {
        return options.threshold();
    }

    @Override
    public int loopThreshold() {
        return options.loopThreshold();
    }

    @Override
    public @Nullable CompiledBody compile(Body body) {
        try {
            return (CompiledBody) load(signatures.of(body).className());
        } catch (NotCompiled e) {
            return null;
        }
    }

    @Override
    public @Nullable CompiledLoop compile(Stmt loop, Frame f) {
        String name = "script/loop$" + ++loopNumber;
        try {
            made.put(name.replace('/', '.'), loops.compile(name, loop, f));
            return (CompiledLoop) load(name);
        } catch (NotCompiled e) {
            return null;
        }
    }

    @Override
    public @Nullable FunctionBody bodyOf(String className) {
        Signature s = signatures.named(className);
        return s == null ? null : s.body().source();
    }

    private Object load(String internalName) {
        try {
            Class<?> c = Class.forName(internalName.replace('/', '.'), true, loader);
            return c.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(internalName, e);
        }
    }
}
