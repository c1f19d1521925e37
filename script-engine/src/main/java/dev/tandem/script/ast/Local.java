package dev.tandem.script.ast;

import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.Type;

/**
 * A local variable or parameter: one slot of its function's frame.
 *
 * @param constant declared by {@code const}
 * @param at its declaration
 */
public record Local(String name, int slot, Type type, Attributes attributes, boolean constant, Position at) {}
