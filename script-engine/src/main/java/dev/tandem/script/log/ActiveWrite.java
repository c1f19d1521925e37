package dev.tandem.script.log;

import dev.tandem.core.record.RecordValue;
import org.jspecify.annotations.Nullable;

/** A row whose hooks or callbacks run now: the only one that scripts may delay. */
final class ActiveWrite {
    final LogStream stream;
    final RecordValue record;

    /** Set once a script has delayed it. */
    @Nullable
    DelayedRow delay;

    ActiveWrite(LogStream stream, RecordValue record) {
        this.stream = stream;
        this.record = record;
    }
}
