package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.ByteSink;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;

/**
 * What hash functions see of a value: the bytes of a string, else the type's number and the value in the byte order of x86
 * (Zeek {@code src/Desc.cc}, binary mode). Aggregates are hashed by their text, unlike Zeek's.
 */
final class BinaryForm {

    private BinaryForm() {}

    static Bytes of(Object any) {
        if (any instanceof Bytes b) {
            return b;
        }
        Type type = AnyValue.typeOf(any);
        Object value = AnyValue.unwrap(any);
        ByteSink out = new ByteSink();
        little(out, type.tag().ordinal(), 4);
        switch (value) {
            case Long n -> little(out, n, 8);
            case Double d -> little(out, Double.doubleToRawLongBits(d), 8);
            case Boolean b -> little(out, b ? 1 : 0, 8);
            case Port p -> {
                little(out, p.number(), 4);
                out.add('/').add(0).add(p.proto().label()).add(0);
            }
            default -> {
                Describe.append(out, value, Types.ANY, Describe.Style.RAW);
                if (type.tag().isAtomic() && !type.is(Tag.ENUM)) {
                    out.add(0);
                }
            }
        }
        return out.toBytes();
    }

    private static void little(ByteSink out, long n, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.add((int) (n >>> 8 * i));
        }
    }
}
