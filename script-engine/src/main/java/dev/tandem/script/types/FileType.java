package dev.tandem.script.types;

/** An open file that scripts print to. */
public final class FileType extends Type {
    private final Type element;

    public FileType(Type element) {
        super(Tag.FILE);
        this.element = element;
    }

    public Type element() {
        return element;
    }

    @Override
    public String describe() {
        return element.is(Tag.STRING) ? "file" : "file of " + element.label();
    }
}
