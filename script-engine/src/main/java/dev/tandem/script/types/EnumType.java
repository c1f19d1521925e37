package dev.tandem.script.types;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An enum; grows by {@code redef enum}. */
public final class EnumType extends Type {
    private final Map<String, EnumValue> byName = new LinkedHashMap<>();
    private final Map<Long, EnumValue> byNumber = new LinkedHashMap<>();
    private long next;

    public EnumType() {
        super(Tag.ENUM);
    }

    /**
     * Adds a constant.
     *
     * @param fullName with its module, e.g. {@code Conn::LOG}
     * @param number its value, null for the next free one
     * @return the constant, or null when the name or number is taken
     */
    public @Nullable EnumValue add(String fullName, @Nullable Long number) {
        long value = number != null ? number : next;
        if (byName.containsKey(fullName) || number != null && byNumber.containsKey(number)) {
            return null;
        }
        EnumValue constant = new EnumValue(this, fullName, value);
        byName.put(fullName, constant);
        byNumber.putIfAbsent(value, constant);
        next = Math.max(next, value + 1);
        return constant;
    }

    public @Nullable EnumValue byName(String fullName) {
        return byName.get(fullName);
    }

    public @Nullable EnumValue byNumber(long number) {
        return byNumber.get(number);
    }

    /** In order of declaration. */
    public Collection<EnumValue> values() {
        return byName.values();
    }

    public List<String> names() {
        return new ArrayList<>(byName.keySet());
    }

    @Override
    public String describe() {
        String n = name();
        return n == null ? "enum" : "enum " + n;
    }
}
