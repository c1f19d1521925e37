package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.record.SlotRecord;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.opaque.GlobSet;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.OpaqueValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.telemetry.Metric;
import dev.tandem.script.telemetry.MetricFamily;
import dev.tandem.script.telemetry.Metrics;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.OpaqueType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.VectorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The functions behind the telemetry framework's scripts. */
public final class TelemetryFunctions {
    private static final Sketch.Kind<MetricFamily> FAMILY =
            new Sketch.Kind<>(new OpaqueType("metric_family"), f -> jsonName(f) + "MetricFamilyVal", f -> f);
    private static final Sketch.Kind<Metric> METRIC =
            new Sketch.Kind<>(new OpaqueType("metric"), m -> jsonName(m.family()) + "MetricVal", m -> m);

    private TelemetryFunctions() {}

    private static String jsonName(MetricFamily family) {
        return switch (family.kind()) {
            case COUNTER -> "Counter";
            case GAUGE -> "Gauge";
            case HISTOGRAM -> "Histogram";
        };
    }

    @Bif(
            value = "Telemetry::__family",
            type = "function(kind: Telemetry::MetricType, opts: Telemetry::MetricOpts): opaque of metric_family")
    public static OpaqueValue family(ScriptContext ctx, EnumValue kind, RecordValue opts) {
        MetricFamily.Kind k =
                MetricFamily.Kind.valueOf(kind.name().substring(kind.name().lastIndexOf(':') + 1));
        List<Double> bounds = new ArrayList<>();
        if (field(opts, "bounds") instanceof VectorValue v) {
            for (int i = 0; i < v.size(); i++) {
                bounds.add((Double) Objects.requireNonNull(v.get(i)));
            }
        }
        try {
            return FAMILY.of(ctx.service(Metrics.class)
                    .family(
                            k,
                            text(opts, "prefix"),
                            text(opts, "name"),
                            text(opts, "unit"),
                            text(opts, "help_text"),
                            field(opts, "label_names") instanceof VectorValue v ? texts(v) : List.of(),
                            bounds));
        } catch (IllegalArgumentException e) {
            throw new ScriptError(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Object field(RecordValue record, String name) {
        return record.get(record.layout().slot(name));
    }

    private static String text(RecordValue record, String name) {
        return field(record, name) instanceof Bytes b ? b.utf8() : "";
    }

    private static List<String> texts(VectorValue vector) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < vector.size(); i++) {
            all.add(String.valueOf(vector.get(i)));
        }
        return all;
    }

    @Bif(
            value = "Telemetry::__metric",
            type = "function(f: opaque of metric_family, label_values: string_vec): opaque of metric")
    public static OpaqueValue metric(OpaqueValue f, VectorValue labelValues) {
        return METRIC.of(FAMILY.cast(f).content().metric(texts(labelValues)));
    }

    @Bif(value = "Telemetry::__value", type = "function(m: opaque of metric): double")
    public static double value(OpaqueValue m) {
        return METRIC.cast(m).content().value();
    }

    @Bif(value = "Telemetry::__add", type = "function(m: opaque of metric, amount: double): bool")
    public static boolean add(OpaqueValue m, double amount) {
        METRIC.cast(m).content().add(amount);
        return true;
    }

    @Bif(value = "Telemetry::__observe", type = "function(m: opaque of metric, measurement: double): bool")
    public static boolean observe(OpaqueValue m, double measurement) {
        METRIC.cast(m).content().observe(measurement);
        return true;
    }

    @Bif(value = "Telemetry::__collect", type = "function(prefix: string, name: string): Telemetry::MetricVector")
    public static VectorValue collect(ScriptContext ctx, Bytes prefix, Bytes name) {
        RecordType type = record(ctx, "Telemetry::Metric");
        VectorValue all = new VectorValue((VectorType) Objects.requireNonNull(ctx.type("Telemetry::MetricVector")));
        for (Metric m : matching(ctx, prefix, name)) {
            if (m.family().kind() != MetricFamily.Kind.HISTOGRAM) {
                SlotRecord r = described(ctx, type, m);
                r.set(type.slot("value"), m.value());
                all.add(r);
            }
        }
        return all;
    }

    @Bif(
            value = "Telemetry::__collect_histograms",
            type = "function(prefix: string, name: string): Telemetry::HistogramMetricVector")
    public static VectorValue collectHistograms(ScriptContext ctx, Bytes prefix, Bytes name) {
        RecordType type = record(ctx, "Telemetry::HistogramMetric");
        VectorType numbers = (VectorType) type.field(type.slot("values")).type();
        VectorValue all =
                new VectorValue((VectorType) Objects.requireNonNull(ctx.type("Telemetry::HistogramMetricVector")));
        for (Metric m : matching(ctx, prefix, name)) {
            if (m.family().kind() == MetricFamily.Kind.HISTOGRAM) {
                SlotRecord r = described(ctx, type, m);
                VectorValue values = new VectorValue(numbers);
                for (int i = 0; i <= m.family().bounds().size(); i++) {
                    values.add((double) m.inBucket(i));
                }
                r.set(type.slot("values"), values);
                r.set(type.slot("observations"), (double) m.observations());
                r.set(type.slot("sum"), m.value());
                all.add(r);
            }
        }
        return all;
    }

    /** What scripts keep up to date on demand is brought up to date first. */
    private static List<Metric> matching(ScriptContext ctx, Bytes prefix, Bytes name) {
        Metrics metrics = ctx.service(Metrics.class);
        if (ctx.global("Telemetry::sync") instanceof FuncValue hook
                && !hook.isEmpty()
                && !metrics.sync(() -> sync(ctx, hook))) {
            ctx.reporter().warning("Telemetry::sync() hook invoked recursively", null);
        }
        String pattern = prefix.utf8() + "_" + name.utf8();
        GlobSet globs = new GlobSet(List.of(Bytes.of(pattern.endsWith("*") ? pattern : pattern + "*")));
        Predicate<String> wanted = text -> !globs.matching(Bytes.of(text)).isEmpty();
        return metrics.matching(wanted);
    }

    private static void sync(ScriptContext ctx, FuncValue hook) {
        if (Boolean.FALSE.equals(hook.call())) {
            ctx.reporter().warning("Telemetry::sync() implementations skipped due to 'break' usage", null);
        }
    }

    private static RecordType record(ScriptContext ctx, String name) {
        return (RecordType) Objects.requireNonNull(ctx.type(name));
    }

    /** A record with all but the value: labels in the order of their names, as Prometheus keeps them. */
    private static SlotRecord described(ScriptContext ctx, RecordType type, Metric m) {
        MetricFamily f = m.family();
        RecordType optsType = record(ctx, "Telemetry::MetricOpts");
        SlotRecord opts = new SlotRecord(optsType);
        int prefixEnd = f.name().indexOf('_');
        opts.set(optsType.slot("prefix"), Bytes.of(f.name().substring(0, Math.max(0, prefixEnd))));
        opts.set(optsType.slot("name"), Bytes.of(f.name()));
        opts.set(optsType.slot("help_text"), Bytes.of(f.help()));
        opts.set(optsType.slot("is_total"), f.kind() == MetricFamily.Kind.COUNTER);
        opts.set(optsType.slot("label_names"), new VectorValue(BifTypes.STRING_VEC));
        if (ctx.type("Telemetry::MetricType") instanceof EnumType kinds) {
            opts.set(optsType.slot("metric_type"), kinds.byName("Telemetry::" + f.kind()));
        }
        if (f.kind() == MetricFamily.Kind.HISTOGRAM) {
            int slot = optsType.slot("bounds");
            VectorValue bounds =
                    new VectorValue((VectorType) optsType.field(slot).type());
            f.bounds().forEach(bounds::add);
            bounds.add(Double.POSITIVE_INFINITY);
            opts.set(slot, bounds);
        }
        TreeMap<String, String> labels = new TreeMap<>();
        for (int i = 0; i < f.labels().size(); i++) {
            labels.put(f.labels().get(i), m.labelValues().get(i));
        }
        SlotRecord r = new SlotRecord(type);
        r.set(type.slot("opts"), opts);
        r.set(type.slot("label_names"), vector(labels.keySet()));
        r.set(type.slot("label_values"), vector(labels.values()));
        return r;
    }

    private static VectorValue vector(Iterable<String> texts) {
        VectorValue v = new VectorValue(BifTypes.STRING_VEC);
        texts.forEach(t -> v.add(Bytes.of(t)));
        return v;
    }
}
