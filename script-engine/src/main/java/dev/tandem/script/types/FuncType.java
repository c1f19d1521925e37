package dev.tandem.script.types;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A function, event or hook type. Parameters are a record type, so that they may have defaults. */
public final class FuncType extends Type {
    /** What is called. */
    public enum Flavor {
        FUNCTION("function"),
        EVENT("event"),
        HOOK("hook");

        private final String keyword;

        Flavor(String keyword) {
            this.keyword = keyword;
        }

        public String keyword() {
            return keyword;
        }
    }

    /**
     * Another parameter list.
     *
     * @param deprecation why it should not be used, empty without a reason; null when it may be
     */
    public record Prototype(RecordType params, @Nullable String deprecation) {}

    private final Flavor flavor;
    private final RecordType params;
    private Type yield;
    private boolean isYieldOpen;
    private final boolean variadic;
    private final List<Prototype> alternates = new ArrayList<>();

    /**
     * @param yield void for an event and for a function without result, bool for a hook
     * @param variadic takes any arguments (built-ins declared with {@code ...})
     */
    public FuncType(Flavor flavor, RecordType params, Type yield, boolean variadic) {
        super(Tag.FUNC);
        this.flavor = flavor;
        this.params = params;
        this.yield = yield;
        this.variadic = variadic;
    }

    public Flavor flavor() {
        return flavor;
    }

    public RecordType params() {
        return params;
    }

    public Type yield() {
        return yield;
    }

    /** Leaves the yield to the first return statement that has a value ({@code $f(x: count) = { ... }}). */
    public void openYield() {
        isYieldOpen = true;
    }

    /** A return statement has a value of this type: the yield when it was left open. */
    public void returns(Type type) {
        if (isYieldOpen) {
            yield = type;
            isYieldOpen = false;
        }
    }

    public boolean isVariadic() {
        return variadic;
    }

    /** Further parameter lists a handler may declare: fewer or reordered parameters, matched by name. */
    public List<Prototype> alternates() {
        return alternates;
    }

    @Override
    public String describe() {
        String args = params.fields().stream()
                .map(f -> f.name() + ":" + f.type().label() + f.attributes().describe(" "))
                .collect(Collectors.joining(", "));
        String result = flavor == Flavor.EVENT ? "" : " : " + yield.label();
        return flavor.keyword() + "(" + args + ")" + result;
    }
}
