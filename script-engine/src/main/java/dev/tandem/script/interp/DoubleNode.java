package dev.tandem.script.interp;

/** A node whose value is a double, time or interval. */
abstract class DoubleNode extends Node {
    @Override
    abstract double asDouble(Frame f);

    @Override
    final Object eval(Frame f) {
        return asDouble(f);
    }
}
