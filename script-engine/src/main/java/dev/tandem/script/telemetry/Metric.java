package dev.tandem.script.telemetry;

import java.util.List;

/** One figure: a family's for certain values of its labels. Engine thread. */
public final class Metric {
    private final MetricFamily family;
    private final List<String> labelValues;
    private final long[] buckets;
    private double value;
    private long observations;

    Metric(MetricFamily family, List<String> labelValues) {
        this.family = family;
        this.labelValues = List.copyOf(labelValues);
        buckets = new long[family.bounds().size() + 1];
    }

    public MetricFamily family() {
        return family;
    }

    /** In the order of the family's labels. */
    public List<String> labelValues() {
        return labelValues;
    }

    /** A counter's or gauge's value; the sum of what a histogram observed. */
    public double value() {
        return value;
    }

    public void add(double amount) {
        value += amount;
    }

    /** Takes a measurement into a histogram. */
    public void observe(double measurement) {
        value += measurement;
        observations++;
        int bucket = 0;
        while (bucket < family.bounds().size() && measurement > family.bounds().get(bucket)) {
            bucket++;
        }
        buckets[bucket]++;
    }

    public long observations() {
        return observations;
    }

    /** How many measurements were above the bound before and not above this one; the last bucket has no bound. */
    public long inBucket(int bucket) {
        return buckets[bucket];
    }
}
