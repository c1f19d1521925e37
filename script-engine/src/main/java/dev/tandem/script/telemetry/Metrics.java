package dev.tandem.script.telemetry;

import dev.tandem.script.telemetry.MetricFamily.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** All figures of an engine, named as Prometheus wants them (zeek {@code src/telemetry/Manager.cc}). Engine thread. */
public final class Metrics {
    private static final Comparator<String> SHORT_FIRST =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private static final Comparator<List<String>> BY_ELEMENT = (a, b) -> {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int c = a.get(i).compareTo(b.get(i));
            if (c != 0) {
                return c;
            }
        }
        return Integer.compare(a.size(), b.size());
    };

    private boolean isSyncing;
    private final Map<String, MetricFamily> families = new LinkedHashMap<>();

    /**
     * A family, new when there is none of that name.
     *
     * @param unit appended to the name; empty, or 1 as in older scripts, for none
     * @param bounds of a histogram, rising
     * @throws IllegalArgumentException when the name, or unit, ends in {@code total}, or the family is of another kind
     */
    public MetricFamily family(
            Kind kind, String prefix, String name, String unit, String help, List<String> labels, List<Double> bounds) {
        String full = (prefix + "_" + name).replaceAll("[^A-Za-z0-9]", "_");
        if (full.endsWith("_total")) {
            throw new IllegalArgumentException("Metric names cannot end with '_total'");
        }
        if (unit.equals("total") || unit.endsWith("_total")) {
            throw new IllegalArgumentException("Metric units cannot end with '_total'");
        }
        if (!unit.isEmpty() && !unit.equals("1")) {
            full += "_" + unit;
        }
        if (kind == Kind.COUNTER) {
            full += "_total";
        }
        String key = full;
        List<String> names = labels.stream().map(l -> l.replace('-', '_')).toList();
        MetricFamily family = families.computeIfAbsent(key, k -> new MetricFamily(kind, key, help, names, bounds));
        if (family.kind() != kind) {
            throw new IllegalArgumentException("metric " + full + " is no " + kind);
        }
        return family;
    }

    /** A counter's family, of this program's own figures. */
    public MetricFamily counter(String name, String help, String... labels) {
        return family(Kind.COUNTER, "zeek", name, "", help, List.of(labels), List.of());
    }

    /**
     * Lets scripts bring figures up to date.
     *
     * @param sync does it
     * @return false when it runs already, and is not run again
     */
    public boolean sync(Runnable sync) {
        if (isSyncing) {
            return false;
        }
        isSyncing = true;
        try {
            sync.run();
        } finally {
            isSyncing = false;
        }
        return true;
    }

    /** The figures of families whose name is wanted, short names first, then by name and labels. */
    public List<Metric> matching(Predicate<String> name) {
        List<Metric> all = new ArrayList<>();
        families.values().stream()
                .filter(f -> name.test(f.name()))
                .sorted(Comparator.comparing(MetricFamily::name, SHORT_FIRST))
                .forEach(f -> f.metrics().stream()
                        .sorted(Comparator.comparing(Metric::labelValues, BY_ELEMENT))
                        .forEach(all::add));
        return all;
    }
}
