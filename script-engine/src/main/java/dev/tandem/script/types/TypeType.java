package dev.tandem.script.types;

/** The type of a type used as a value. */
public final class TypeType extends Type {
    private final Type of;

    public TypeType(Type of) {
        super(Tag.TYPE);
        this.of = of;
    }

    public Type of() {
        return of;
    }

    @Override
    public String describe() {
        return "type";
    }
}
