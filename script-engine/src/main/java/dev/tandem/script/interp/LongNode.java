package dev.tandem.script.interp;

/** A node whose value is an int or count. */
abstract class LongNode extends Node {
    @Override
    abstract long asLong(Frame f);

    @Override
    final Object eval(Frame f) {
        return asLong(f);
    }
}
