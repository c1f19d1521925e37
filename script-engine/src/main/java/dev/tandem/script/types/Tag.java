package dev.tandem.script.types;

/** The kind of a type. */
public enum Tag {
    VOID("void"),
    BOOL("bool"),
    INT("int"),
    COUNT("count"),
    DOUBLE("double"),
    TIME("time"),
    INTERVAL("interval"),
    STRING("string"),
    PATTERN("pattern"),
    ENUM("enum"),
    PORT("port"),
    ADDR("addr"),
    SUBNET("subnet"),
    ANY("any"),
    TABLE("table"),
    RECORD("record"),
    LIST("types"),
    FUNC("func"),
    FILE("file"),
    VECTOR("vector"),
    OPAQUE("opaque"),
    TYPE("type"),
    ERROR("error");

    private final String label;

    Tag(String label) {
        this.label = label;
    }

    /** As error messages name it. */
    public String label() {
        return label;
    }

    public boolean isIntegral() {
        return this == INT || this == COUNT;
    }

    /** bool excluded. */
    public boolean isArithmetic() {
        return this == INT || this == COUNT || this == DOUBLE;
    }

    /** Represented by a Java double. */
    public boolean isFloating() {
        return this == DOUBLE || this == TIME || this == INTERVAL;
    }

    public boolean isAtomic() {
        return ordinal() <= SUBNET.ordinal() && this != VOID;
    }
}
