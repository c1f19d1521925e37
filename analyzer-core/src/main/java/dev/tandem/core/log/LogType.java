package dev.tandem.core.log;

/** The type of a value in a log. */
public enum LogType {
    BOOL("bool"),
    INT("int"),
    COUNT("count"),
    DOUBLE("double"),
    TIME("time"),
    INTERVAL("interval"),
    STRING("string"),
    PATTERN("pattern"),
    PORT("port"),
    ADDR("addr"),
    SUBNET("subnet"),
    ENUM("enum"),
    FILE("file"),
    FUNC("func");

    private final String label;

    LogType(String label) {
        this.label = label;
    }

    /** The name in the {@code #types} line. */
    public String label() {
        return label;
    }
}
