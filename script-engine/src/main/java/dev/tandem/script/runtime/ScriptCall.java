package dev.tandem.script.runtime;

import dev.tandem.script.source.Position;
import dev.tandem.script.types.RecordType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function, event or hook body that runs.
 *
 * @param function full name
 * @param params its parameters
 * @param arguments what they hold now, null for one that is unset; empty when that is not known, as of compiled code
 * @param from where it was called; null when no script called it
 */
public record ScriptCall(
        String function,
        RecordType params,
        List<@Nullable Object> arguments,
        @Nullable Position from) {}
