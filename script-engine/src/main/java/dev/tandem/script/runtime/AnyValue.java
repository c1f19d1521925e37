package dev.tandem.script.runtime;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.TypeType;
import dev.tandem.script.types.Types;

/**
 * A value of static type any whose Java class does not tell its script type: int against count, double against time and
 * interval. All other values stand for themselves.
 */
public record AnyValue(Type type, Object value) {
    /** The value as static type any holds it. */
    public static Object wrap(Type type, Object value) {
        Tag tag = type.tag();
        return tag.isIntegral() || tag.isFloating() ? new AnyValue(type, value) : value;
    }

    public static Object unwrap(Object any) {
        return any instanceof AnyValue a ? a.value : any;
    }

    /** The script type of a value held as any. */
    public static Type typeOf(Object any) {
        return switch (any) {
            case AnyValue a -> a.type;
            case Boolean b -> Types.BOOL;
            case Bytes b -> Types.STRING;
            case Addr a -> Types.ADDR;
            case Port p -> Types.PORT;
            case Subnet s -> Types.SUBNET;
            case EnumValue e -> e.type();
            case Pattern p -> Types.PATTERN;
            case TableValue t -> t.type();
            case VectorValue v -> v.type();
            case RecordValue r -> (Type) r.layout();
            case FuncValue f -> f.type();
            case OpaqueValue o -> o.type();
            case FileValue f -> f.type();
            case Type t -> new TypeType(t);
            default -> Types.ERROR;
        };
    }
}
