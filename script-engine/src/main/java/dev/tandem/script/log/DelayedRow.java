package dev.tandem.script.log;

import dev.tandem.core.record.RecordValue;
import dev.tandem.script.runtime.FuncValue;
import java.util.ArrayList;
import java.util.List;

/** A row that waits: how many {@code Log::delay} calls hold it, until when, and whom to ask then. */
final class DelayedRow {
    final RecordValue record;
    final DelayToken token;

    /** Network time at which it goes on in any case. */
    final double expires;

    final List<FuncValue> callbacks = new ArrayList<>();
    int holds = 1;
    boolean isQueued;
    boolean isCompleting;

    DelayedRow(RecordValue record, DelayToken token, double expires) {
        this.record = record;
        this.token = token;
        this.expires = expires;
    }
}
