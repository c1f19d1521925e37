package dev.tandem.script.types;

/** A field of a record type. */
public record RecordField(String name, Type type, Attributes attributes) {
    public boolean isOptional() {
        return attributes.has(Attr.OPTIONAL);
    }

    public boolean isLogged() {
        return attributes.has(Attr.LOG);
    }

    public boolean hasDefault() {
        return attributes.has(Attr.DEFAULT);
    }
}
