package dev.tandem.script.types;

/** A vector. {@code vector()} with nothing in it is unspecified until its first use gives it a type. */
public final class VectorType extends Type {
    private final Type element;

    public VectorType(Type element) {
        super(Tag.VECTOR);
        this.element = element;
    }

    /** {@code any} when declared so, void when unspecified. */
    public Type element() {
        return element;
    }

    public boolean isUnspecified() {
        return element.is(Tag.VOID);
    }

    @Override
    public String describe() {
        return isUnspecified() ? "vector()" : "vector of " + element.label();
    }
}
