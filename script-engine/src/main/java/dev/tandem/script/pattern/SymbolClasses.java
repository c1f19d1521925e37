package dev.tandem.script.pattern;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Symbols that no set of a pattern tells apart share a class, so that a state needs one table column per class instead
 * of one per symbol.
 */
final class SymbolClasses {
    private final int[] classOf;
    private final int count;

    private SymbolClasses(int[] classOf, int count) {
        this.classOf = classOf;
        this.count = count;
    }

    /** The coarsest classes that all of {@code sets} are unions of. */
    static SymbolClasses separating(List<BitSet> sets) {
        int[] classOf = new int[Symbols.COUNT];
        int count = 1;
        // For each old class, the class its members inside the set move to; 0 while none was seen.
        int[] inside = new int[Symbols.COUNT + 1];
        int[] outsiders = new int[Symbols.COUNT + 1];
        for (BitSet set : sets) {
            Arrays.fill(inside, 0, count, -1);
            Arrays.fill(outsiders, 0, count, 0);
            for (int symbol = 0; symbol < Symbols.COUNT; symbol++) {
                if (!set.get(symbol)) {
                    outsiders[classOf[symbol]]++;
                }
            }
            int before = count;
            for (int symbol = set.nextSetBit(0); symbol >= 0; symbol = set.nextSetBit(symbol + 1)) {
                int old = classOf[symbol];
                if (old < before && outsiders[old] > 0) {
                    if (inside[old] < 0) {
                        inside[old] = count++;
                    }
                    classOf[symbol] = inside[old];
                }
            }
        }
        return new SymbolClasses(classOf, count);
    }

    int count() {
        return count;
    }

    int of(int symbol) {
        return classOf[symbol];
    }

    /** Class of each symbol: read only. */
    int[] table() {
        return classOf;
    }

    /** The classes that make up {@code set}, one of the sets these classes separate. */
    BitSet classesIn(BitSet set) {
        BitSet classes = new BitSet(count);
        for (int symbol = set.nextSetBit(0); symbol >= 0; symbol = set.nextSetBit(symbol + 1)) {
            classes.set(classOf[symbol]);
        }
        return classes;
    }
}
