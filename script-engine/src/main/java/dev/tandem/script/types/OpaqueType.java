package dev.tandem.script.types;

/** A value only built-in functions look into, e.g. {@code opaque of md5}. */
public final class OpaqueType extends Type {
    private final String of;

    public OpaqueType(String of) {
        super(Tag.OPAQUE);
        this.of = of;
    }

    public String of() {
        return of;
    }

    @Override
    public String describe() {
        return "opaque of " + of;
    }
}
