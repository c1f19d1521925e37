package dev.tandem.script.ast;

import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.Type;

/**
 * A local variable or parameter: one slot of its function's frame.
 *
 * @param label the name as messages and printed functions have it: with the module before it (zeek {@code src/Scope.cc})
 * @param constant declared by {@code const}
 * @param at its declaration
 */
public record Local(
        String name, String label, int slot, Type type, Attributes attributes, boolean constant, Position at) {}
