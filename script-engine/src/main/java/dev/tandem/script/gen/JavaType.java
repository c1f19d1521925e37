package dev.tandem.script.gen;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.Type;
import org.objectweb.asm.Opcodes;

/**
 * What values of a script type are in generated code: unboxed, or references to a class that is known.
 *
 * @param owner the class of a reference
 */
record JavaType(Kind kind, Class<?> owner) {
    static final JavaType LONG = new JavaType(Kind.LONG, long.class);
    static final JavaType DOUBLE = new JavaType(Kind.DOUBLE, double.class);
    static final JavaType BOOL = new JavaType(Kind.BOOL, boolean.class);
    static final JavaType OBJECT = new JavaType(Kind.REF, Object.class);
    private static final JavaType BYTES = new JavaType(Kind.REF, Bytes.class);
    private static final JavaType PATTERN = new JavaType(Kind.REF, Pattern.class);
    private static final JavaType PORT = new JavaType(Kind.REF, Port.class);
    private static final JavaType ADDR = new JavaType(Kind.REF, Addr.class);
    private static final JavaType SUBNET = new JavaType(Kind.REF, Subnet.class);
    private static final JavaType TABLE = new JavaType(Kind.REF, TableValue.class);
    private static final JavaType RECORD = new JavaType(Kind.REF, RecordValue.class);
    private static final JavaType VECTOR = new JavaType(Kind.REF, VectorValue.class);

    /** Void and the types whose values are of several classes are plain objects. */
    static JavaType of(Type type) {
        return switch (type.tag()) {
            case BOOL -> BOOL;
            case INT, COUNT -> LONG;
            case DOUBLE, TIME, INTERVAL -> DOUBLE;
            case STRING -> BYTES;
            case PATTERN -> PATTERN;
            case PORT -> PORT;
            case ADDR -> ADDR;
            case SUBNET -> SUBNET;
            case TABLE -> TABLE;
            case RECORD -> RECORD;
            case VECTOR -> VECTOR;
            case ERROR -> throw new NotCompiled("an expression in error");
            default -> OBJECT;
        };
    }

    boolean isScalar() {
        return kind != Kind.REF;
    }

    String descriptor() {
        return org.objectweb.asm.Type.getDescriptor(owner);
    }

    /** The opcode that pushes what a variable holds before it is set. */
    int nothing() {
        return switch (kind) {
            case LONG -> Opcodes.LCONST_0;
            case DOUBLE -> Opcodes.DCONST_0;
            case BOOL -> Opcodes.ICONST_0;
            case REF -> Opcodes.ACONST_NULL;
        };
    }
}
