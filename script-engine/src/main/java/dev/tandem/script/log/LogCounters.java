package dev.tandem.script.log;

import dev.tandem.script.telemetry.Metric;
import dev.tandem.script.telemetry.MetricFamily;
import dev.tandem.script.telemetry.Metrics;
import dev.tandem.script.types.EnumValue;

/** What is counted about logs, under the names Zeek has for it (zeek {@code src/logging/Manager.cc}). */
final class LogCounters {
    private static final String[] LABELS = {"writer", "module", "stream", "filter-name", "path"};

    /** Of one open log. */
    record OfLog(Metric writes, Metric discarded, Metric cutStrings, Metric cutContainers) {}

    private final MetricFamily streamWrites;
    private final MetricFamily writes;
    private final MetricFamily discarded;
    private final MetricFamily cutStrings;
    private final MetricFamily cutContainers;

    LogCounters(Metrics metrics) {
        streamWrites = metrics.counter(
                "log-stream-writes", "Rows written to a stream, also those that no filter wanted.", "module", "stream");
        writes = metrics.counter("log-writer-writes", "Rows handed to a writer.", LABELS);
        discarded = metrics.counter("log-writer-discarded-writes", "Rows dropped because they were too long.", LABELS);
        cutStrings = metrics.counter(
                "log-writer-truncated-string-fields", "Strings cut because they were too long.", LABELS);
        cutContainers = metrics.counter(
                "log-writer-truncated-containers", "Sets and vectors cut because they had too many elements.", LABELS);
    }

    private static String module(EnumValue stream) {
        int end = stream.name().indexOf("::");
        return end < 0 ? "GLOBAL" : stream.name().substring(0, end);
    }

    Metric ofStream(EnumValue stream) {
        return streamWrites.metric(module(stream), stream.name());
    }

    OfLog ofLog(EnumValue stream, String filter, OpenLog.Key log) {
        String[] values = {log.writer().name(), module(stream), stream.name(), filter, log.path()};
        return new OfLog(
                writes.metric(values),
                discarded.metric(values),
                cutStrings.metric(values),
                cutContainers.metric(values));
    }
}
