package dev.tandem.script.telemetry;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures of one name, told apart by the values of their labels. Engine thread. */
public final class MetricFamily {
    /** What its figures do. */
    public enum Kind {
        /** Never falls. */
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    private final Kind kind;
    private final String name;
    private final String help;
    private final List<String> labels;
    private final List<Double> bounds;
    private final Map<List<String>, Metric> metrics = new LinkedHashMap<>();

    MetricFamily(Kind kind, String name, String help, List<String> labels, List<Double> bounds) {
        this.kind = kind;
        this.name = name;
        this.help = help;
        this.labels = List.copyOf(labels);
        this.bounds = List.copyOf(bounds);
    }

    public Kind kind() {
        return kind;
    }

    /** With prefix, unit and, for a counter, {@code _total}. */
    public String name() {
        return name;
    }

    public String help() {
        return help;
    }

    public List<String> labels() {
        return labels;
    }

    /** A histogram's, rising; none otherwise. */
    public List<Double> bounds() {
        return bounds;
    }

    /** The figure for these values, new when it is the first time. */
    public Metric metric(List<String> labelValues) {
        return metrics.computeIfAbsent(labelValues, values -> new Metric(this, values));
    }

    public Metric metric(String... labelValues) {
        return metric(List.of(labelValues));
    }

    public Collection<Metric> metrics() {
        return metrics.values();
    }
}
