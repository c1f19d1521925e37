package dev.tandem.script.types;

/** The types that exist once. */
public final class Types {
    public static final SimpleType VOID = new SimpleType(Tag.VOID);
    public static final SimpleType BOOL = new SimpleType(Tag.BOOL);
    public static final SimpleType INT = new SimpleType(Tag.INT);
    public static final SimpleType COUNT = new SimpleType(Tag.COUNT);
    public static final SimpleType DOUBLE = new SimpleType(Tag.DOUBLE);
    public static final SimpleType TIME = new SimpleType(Tag.TIME);
    public static final SimpleType INTERVAL = new SimpleType(Tag.INTERVAL);
    public static final SimpleType STRING = new SimpleType(Tag.STRING);
    public static final SimpleType PATTERN = new SimpleType(Tag.PATTERN);
    public static final SimpleType PORT = new SimpleType(Tag.PORT);
    public static final SimpleType ADDR = new SimpleType(Tag.ADDR);
    public static final SimpleType SUBNET = new SimpleType(Tag.SUBNET);
    public static final SimpleType ANY = new SimpleType(Tag.ANY);
    public static final SimpleType ERROR = new SimpleType(Tag.ERROR);

    private Types() {}
}
