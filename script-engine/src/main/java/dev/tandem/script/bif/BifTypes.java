package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.List;

/** Container types that built-in functions return, named as the base scripts name them. */
final class BifTypes {
    static final VectorType STRING_VEC = vector("string_vec", Types.STRING);
    static final VectorType INDEX_VEC = vector("index_vec", Types.COUNT);
    static final VectorType ADDR_VEC = vector("addr_vec", Types.ADDR);
    static final VectorType SUBNET_VEC = vector("subnet_vec", Types.SUBNET);
    static final VectorType ANY_VEC = vector("any_vec", Types.ANY);
    static final TableType STRING_SET = set("string_set", Types.STRING);
    static final TableType ADDR_SET = set("addr_set", Types.ADDR);
    /** The strings of the dialect of 2018: numbered from 1. */
    static final TableType STRING_ARRAY = table("string_array", Types.COUNT, Types.STRING);

    private BifTypes() {}

    private static VectorType vector(String name, Type element) {
        VectorType t = new VectorType(element);
        t.name(name);
        return t;
    }

    private static TableType set(String name, Type index) {
        TableType t = new TableType(List.of(index), null);
        t.name(name);
        return t;
    }

    private static TableType table(String name, Type index, Type yield) {
        TableType t = new TableType(List.of(index), yield);
        t.name(name);
        return t;
    }

    static VectorValue strings(List<Bytes> list) {
        VectorValue v = new VectorValue(STRING_VEC);
        for (Bytes b : list) {
            v.add(b);
        }
        return v;
    }

    static TableValue stringSet(Iterable<Bytes> list) {
        TableValue t = new TableValue(STRING_SET);
        for (Bytes b : list) {
            t.add(b);
        }
        return t;
    }
}
