/**
 * Tier 1: bodies that run often, as bytecode. ASM stays inside. Read {@link dev.tandem.script.gen.Tiering} first, then
 * {@link dev.tandem.script.gen.BodyCompiler}.
 */
@NullMarked
package dev.tandem.script.gen;

import org.jspecify.annotations.NullMarked;
