package dev.tandem.script.types;

/** An atomic type, any, void, or the type of an expression in error. */
public final class SimpleType extends Type {
    SimpleType(Tag tag) {
        super(tag);
    }

    @Override
    public String describe() {
        return tag().label();
    }
}
