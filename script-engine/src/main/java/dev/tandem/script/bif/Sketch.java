package dev.tandem.script.bif;

import dev.tandem.script.check.TypeRules;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.OpaqueValue;
import dev.tandem.script.types.OpaqueType;
import dev.tandem.script.types.Type;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A structure of package {@code opaque} as scripts hold it: digest, filter, counter and so on. Engine thread. */
final class Sketch<T> implements OpaqueValue {
    /**
     * What kinds there are.
     *
     * @param jsonName see {@link OpaqueValue#jsonName}; what it holds may tell
     * @param copier makes a copy that goes its own way
     */
    record Kind<T>(OpaqueType type, Function<T, String> jsonName, UnaryOperator<T> copier) {
        Kind(String name, String jsonName, UnaryOperator<T> copier) {
            this(new OpaqueType(name), t -> jsonName, copier);
        }

        Sketch<T> of(T content) {
            return new Sketch<>(this, content, null);
        }

        /** A sketch whose elements have a type already; null when they have none yet. */
        Sketch<T> of(T content, @Nullable Type elementType) {
            return new Sketch<>(this, content, elementType);
        }

        /** The sketch behind an argument that was declared to be of this kind. */
        @SuppressWarnings("unchecked")
        Sketch<T> cast(OpaqueValue value) {
            if (value instanceof Sketch<?> sketch && sketch.kind == this) {
                return (Sketch<T>) sketch;
            }
            throw new ClassCastException(value.type() + " is no " + type);
        }
    }

    private final Kind<T> kind;
    private final T content;
    private @Nullable Type elementType;

    private Sketch(Kind<T> kind, T content, @Nullable Type elementType) {
        this.kind = kind;
        this.content = content;
        this.elementType = elementType;
    }

    T content() {
        return content;
    }

    /** The type that all elements have; null before the first. */
    @Nullable
    Type elementType() {
        return elementType;
    }

    void elementType(@Nullable Type type) {
        elementType = type;
    }

    /** Whether an element may come in; the first one decides for all. */
    boolean accepts(Object any) {
        Type type = AnyValue.typeOf(any);
        if (elementType == null) {
            elementType = type;
        }
        return TypeRules.same(elementType, type);
    }

    /** Whether both may hold elements of one type. */
    boolean agreesWith(Sketch<T> other) {
        Type mine = elementType;
        Type theirs = other.elementType;
        return mine == null || theirs == null || TypeRules.same(mine, theirs);
    }

    @Override
    public OpaqueType type() {
        return kind.type();
    }

    @Override
    public Sketch<T> copy() {
        return new Sketch<>(kind, kind.copier().apply(content), elementType);
    }

    @Override
    public String jsonName() {
        return kind.jsonName().apply(content);
    }
}
