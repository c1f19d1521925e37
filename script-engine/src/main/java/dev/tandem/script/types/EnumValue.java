package dev.tandem.script.types;

import dev.tandem.core.value.Bytes;

/** A constant of an enum type; one object per constant, compare with {@code ==}. */
public final class EnumValue {
    private final EnumType type;
    private final String name;
    private final long number;
    private final Bytes text;

    EnumValue(EnumType type, String name, long number) {
        this.type = type;
        this.name = name;
        this.number = number;
        this.text = Bytes.of(name.startsWith("GLOBAL::") ? name.substring(8) : name);
    }

    public EnumType type() {
        return type;
    }

    /** Full name, e.g. {@code Log::WRITER_ASCII}. */
    public String name() {
        return name;
    }

    public long number() {
        return number;
    }

    /** The full name as printed. */
    public Bytes text() {
        return text;
    }

    @Override
    public String toString() {
        return text.utf8();
    }
}
