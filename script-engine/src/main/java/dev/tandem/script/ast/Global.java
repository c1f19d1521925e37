package dev.tandem.script.ast;

import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * A global identifier of one engine: variable, constant, option, function, event, hook, type or enum constant. Also the
 * place of its value at run time. Engine thread.
 */
public final class Global {
    /** What the name stands for. */
    public enum Kind {
        VARIABLE,
        CONST,
        OPTION,
        TYPE,
        ENUM_CONSTANT
    }

    private final String name;
    private final Position declared;
    private Kind kind;
    private Type type = Types.ERROR;
    private Attributes attributes = Attributes.NONE;
    private @Nullable Object value;
    private boolean unboxed;
    private long bits;
    private boolean exported;
    private @Nullable String deprecation;

    public Global(String fullName, Kind kind, Position declared) {
        this.name = fullName;
        this.kind = kind;
        this.declared = declared;
    }

    /** Full name; without {@code GLOBAL::}. */
    public String name() {
        return name;
    }

    /** The part before the last {@code ::}; {@code GLOBAL} when there is none. */
    public String module() {
        int at = name.lastIndexOf("::");
        return at < 0 ? "GLOBAL" : name.substring(0, at);
    }

    public Position declared() {
        return declared;
    }

    public Kind kind() {
        return kind;
    }

    public void kind(Kind newKind) {
        kind = newKind;
    }

    /** The value's type; for a type name the type itself. */
    public Type type() {
        return type;
    }

    public void type(Type newType) {
        type = newType;
    }

    public Attributes attributes() {
        return attributes;
    }

    public void attributes(Attributes newAttributes) {
        attributes = newAttributes;
    }

    /** Null while unset. */
    public @Nullable Object value() {
        return unboxed ? boxed() : value;
    }

    public void value(@Nullable Object newValue) {
        value = newValue;
        unboxed = false;
    }

    /** Whether the value lies in {@link #bits}: a number or bool that compiled code has touched. */
    public boolean isUnboxed() {
        return unboxed;
    }

    /** An int or count, the bits of a double, or a bool as 0 or 1. */
    public long bits() {
        return bits;
    }

    public void bits(long newBits) {
        bits = newBits;
        unboxed = true;
    }

    private Object boxed() {
        Tag tag = type.tag();
        return tag.isFloating()
                ? (Object) Double.longBitsToDouble(bits)
                : tag == Tag.BOOL ? (Object) (bits != 0) : bits;
    }

    public boolean isExported() {
        return exported;
    }

    public void export() {
        exported = true;
    }

    /** Why it should not be used any more, empty when no reason was given; null when it is not deprecated. */
    public @Nullable String deprecation() {
        return deprecation;
    }

    public void deprecate(String reason) {
        deprecation = reason;
    }

    @Override
    public String toString() {
        return name;
    }
}
