package dev.tandem.script.interp;

/** A node whose value is a bool. */
abstract class BoolNode extends Node {
    @Override
    abstract boolean test(Frame f);

    @Override
    final Object eval(Frame f) {
        return test(f);
    }
}
