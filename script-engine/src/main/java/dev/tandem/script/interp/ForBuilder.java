package dev.tandem.script.interp;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.ast.Local;
import dev.tandem.script.ast.Stmt;
import dev.tandem.script.runtime.Copy;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.VectorType;

/** Makes loops over tables, vectors and strings. */
final class ForBuilder {
    private final Interpreter interpreter;
    private final NodeBuilder nodes;
    private final StepBuilder steps;

    ForBuilder(Interpreter interpreter, NodeBuilder nodes, StepBuilder steps) {
        this.interpreter = interpreter;
        this.nodes = nodes;
        this.steps = steps;
    }

    Step build(Stmt.For x) {
        Node over = nodes.build(x.over());
        Step body = steps.build(x.body());
        int[] keys = new int[x.keys().size()];
        for (int i = 0; i < keys.length; i++) {
            Local local = x.keys().get(i);
            keys[i] = local == null ? -1 : local.slot();
        }
        Local value = x.value();
        int valueSlot = value == null ? -1 : value.slot();
        HotLoop hot = new HotLoop(interpreter, x);
        if (x.over().type() instanceof TableType) {
            return table(x, over, body, keys, valueSlot, hot);
        }
        return x.over().type() instanceof VectorType
                ? vector(x, over, body, keys[0], valueSlot, hot)
                : string(x, over, body, keys[0], hot);
    }

    private static Object evaluated(Stmt.For x, Node over, Frame f) {
        try {
            return over.value(f);
        } catch (ScriptError e) {
            throw e.at(x.at());
        }
    }

    private static Step table(Stmt.For x, Node over, Step body, int[] keys, int valueSlot, HotLoop hot) {
        return new Step() {
            @Override
            int run(Frame f) {
                TableValue t = (TableValue) evaluated(x, over, f);
                t.beginLoop();
                try {
                    for (int e = t.nextEntry(-1); e >= 0; e = t.nextEntry(e)) {
                        Object key = t.entryKey(e);
                        if (key == null) {
                            continue;
                        }
                        int rest = hot.rest(f, t, e - 1);
                        if (rest != CompiledLoop.REFUSED) {
                            return rest == CompiledLoop.RETURNED ? RETURN : GO_ON;
                        }
                        Object[] parts = TableValue.parts(key);
                        for (int i = 0; i < keys.length; i++) {
                            if (keys[i] >= 0) {
                                f.slots[keys[i]] = Copy.of(parts[i]);
                            }
                        }
                        if (valueSlot >= 0) {
                            f.slots[valueSlot] = t.entryValue(e);
                        }
                        int how = body.run(f);
                        if (how == BREAK) {
                            return GO_ON;
                        }
                        if (how == RETURN) {
                            return how;
                        }
                    }
                } finally {
                    t.endLoop();
                }
                return GO_ON;
            }
        };
    }

    private static Step vector(Stmt.For x, Node over, Step body, int keySlot, int valueSlot, HotLoop hot) {
        return new Step() {
            @Override
            int run(Frame f) {
                VectorValue v = (VectorValue) evaluated(x, over, f);
                for (int i = 0; i < v.size(); i++) {
                    Object element = v.get(i);
                    if (element == null) {
                        continue;
                    }
                    int rest = hot.rest(f, v, i - 1);
                    if (rest != CompiledLoop.REFUSED) {
                        return rest == CompiledLoop.RETURNED ? RETURN : GO_ON;
                    }
                    if (keySlot >= 0) {
                        f.slots[keySlot] = (long) i;
                    }
                    if (valueSlot >= 0) {
                        f.slots[valueSlot] = element;
                    }
                    int how = body.run(f);
                    if (how == BREAK) {
                        break;
                    }
                    if (how == RETURN) {
                        return how;
                    }
                }
                return GO_ON;
            }
        };
    }

    private static Step string(Stmt.For x, Node over, Step body, int keySlot, HotLoop hot) {
        return new Step() {
            @Override
            int run(Frame f) {
                Bytes text = (Bytes) evaluated(x, over, f);
                for (int i = 0; i < text.length(); i++) {
                    int rest = hot.rest(f, text, i - 1);
                    if (rest != CompiledLoop.REFUSED) {
                        return rest == CompiledLoop.RETURNED ? RETURN : GO_ON;
                    }
                    if (keySlot >= 0) {
                        f.slots[keySlot] = text.slice(i, i + 1);
                    }
                    int how = body.run(f);
                    if (how == BREAK) {
                        break;
                    }
                    if (how == RETURN) {
                        return how;
                    }
                }
                return GO_ON;
            }
        };
    }
}
