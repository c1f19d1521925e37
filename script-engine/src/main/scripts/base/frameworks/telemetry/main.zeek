##! Figures: counters, gauges and histograms of scripts and of the engine itself. A family has a name and labels; its
##! members, one for each combination of values of the labels, hold the numbers.

@load ./options

module Telemetry;

export {
	## Values for the labels of a family, in their order.
	type Telemetry::labels_vector: vector of string;

	type Telemetry::CounterFamily: record {
		__family: opaque of metric_family;
		__labels: vector of string;
	};

	type Telemetry::GaugeFamily: record {
		__family: opaque of metric_family;
		__labels: vector of string;
	};

	type Telemetry::HistogramFamily: record {
		__family: opaque of metric_family;
		__labels: vector of string;
	};

	type Telemetry::Counter: record {
		__metric: opaque of metric;
	};

	type Telemetry::Gauge: record {
		__metric: opaque of metric;
	};

	type Telemetry::Histogram: record {
		__metric: opaque of metric;
	};

	# ---- counters

	## Makes a family, or finds it by its name.
	global register_counter_family: function(opts: MetricOpts): CounterFamily;

	## The member with these values.
	global counter_with: function(cf: CounterFamily, label_values: labels_vector &default=vector()): Counter;

	global counter_inc: function(c: Counter, amount: double &default=1.0): bool;

	## Sets a counter to what was counted elsewhere; F when that is less than it was.
	global counter_set: function(c: Counter, value: double): bool;

	global counter_family_inc: function(cf: CounterFamily, label_values: labels_vector &default=vector(),
	    amount: double &default=1.0): bool;
	global counter_family_set: function(cf: CounterFamily, label_values: labels_vector, value: double): bool;

	# ---- gauges

	global register_gauge_family: function(opts: MetricOpts): GaugeFamily;
	global gauge_with: function(gf: GaugeFamily, label_values: labels_vector &default=vector()): Gauge;
	global gauge_inc: function(g: Gauge, amount: double &default=1.0): bool;
	global gauge_dec: function(g: Gauge, amount: double &default=1.0): bool;
	global gauge_set: function(g: Gauge, value: double): bool;
	global gauge_family_inc: function(gf: GaugeFamily, label_values: labels_vector &default=vector(),
	    amount: double &default=1.0): bool;
	global gauge_family_dec: function(gf: GaugeFamily, label_values: labels_vector &default=vector(),
	    amount: double &default=1.0): bool;
	global gauge_family_set: function(g: GaugeFamily, label_values: labels_vector, value: double): bool;

	# ---- histograms

	global register_histogram_family: function(opts: MetricOpts): HistogramFamily;
	global histogram_with: function(hf: HistogramFamily, label_values: labels_vector &default=vector()): Histogram;
	global histogram_observe: function(h: Histogram, measurement: double): bool;
	global histogram_family_observe: function(hf: HistogramFamily, label_values: labels_vector,
	    measurement: double): bool;

	# ---- looking

	## Counters and gauges whose prefix and name match these patterns of a shell, ``*`` and ``?``. Names match by their
	## beginning.
	global collect_metrics: function(prefix: string &default="*", name: string &default="*"): vector of Metric;

	## The same for histograms.
	global collect_histogram_metrics: function(prefix: string &default="*", name: string &default="*"): vector of HistogramMetric;
}

# What wrong use counts on, so that it has a result.
global misuse: table[MetricType] of opaque of metric_family;

function family_of_misuse(kind: MetricType): opaque of metric_family
	{
	if ( kind !in misuse )
		{
		local what = sub(to_lower(cat(kind)), /^.*::/, "");
		misuse[kind] = __family(kind, MetricOpts($prefix="zeek", $name=fmt("telemetry_%s_usage_error", what),
		    $help_text="Uses of a family with too few or too many labels.", $bounds=vector(1.0)));
		}

	return misuse[kind];
	}

function member(kind: MetricType, family: opaque of metric_family, labels: vector of string,
    label_values: labels_vector): opaque of metric
	{
	if ( |labels| == |label_values| )
		return __metric(family, label_values);

	Reporter::error(fmt("Invalid label values expected %s, have %s", |labels|, |label_values|));
	return __metric(family_of_misuse(kind), vector());
	}

function register_counter_family(opts: MetricOpts): CounterFamily
	{
	return CounterFamily($__family=__family(COUNTER, opts), $__labels=opts$label_names);
	}

function counter_with(cf: CounterFamily, label_values: labels_vector): Counter
	{
	return Counter($__metric=member(COUNTER, cf$__family, cf$__labels, label_values));
	}

function counter_inc(c: Counter, amount: double): bool
	{
	return __add(c$__metric, amount);
	}

function counter_set(c: Counter, value: double): bool
	{
	local before = __value(c$__metric);

	if ( value < before )
		{
		Reporter::error(fmt("Attempted to set lower counter value=%s cur_value=%s", value, before));
		return F;
		}

	return __add(c$__metric, value - before);
	}

function counter_family_inc(cf: CounterFamily, label_values: labels_vector, amount: double): bool
	{
	return counter_inc(counter_with(cf, label_values), amount);
	}

function counter_family_set(cf: CounterFamily, label_values: labels_vector, value: double): bool
	{
	return counter_set(counter_with(cf, label_values), value);
	}

function register_gauge_family(opts: MetricOpts): GaugeFamily
	{
	return GaugeFamily($__family=__family(GAUGE, opts), $__labels=opts$label_names);
	}

function gauge_with(gf: GaugeFamily, label_values: labels_vector): Gauge
	{
	return Gauge($__metric=member(GAUGE, gf$__family, gf$__labels, label_values));
	}

function gauge_inc(g: Gauge, amount: double): bool
	{
	return __add(g$__metric, amount);
	}

function gauge_dec(g: Gauge, amount: double): bool
	{
	return __add(g$__metric, -amount);
	}

function gauge_set(g: Gauge, value: double): bool
	{
	return __add(g$__metric, value - __value(g$__metric));
	}

function gauge_family_inc(gf: GaugeFamily, label_values: labels_vector, amount: double): bool
	{
	return gauge_inc(gauge_with(gf, label_values), amount);
	}

function gauge_family_dec(gf: GaugeFamily, label_values: labels_vector, amount: double): bool
	{
	return gauge_dec(gauge_with(gf, label_values), amount);
	}

function gauge_family_set(g: GaugeFamily, label_values: labels_vector, value: double): bool
	{
	return gauge_set(gauge_with(g, label_values), value);
	}

function register_histogram_family(opts: MetricOpts): HistogramFamily
	{
	return HistogramFamily($__family=__family(HISTOGRAM, opts), $__labels=opts$label_names);
	}

function histogram_with(hf: HistogramFamily, label_values: labels_vector): Histogram
	{
	return Histogram($__metric=member(HISTOGRAM, hf$__family, hf$__labels, label_values));
	}

function histogram_observe(h: Histogram, measurement: double): bool
	{
	return __observe(h$__metric, measurement);
	}

function histogram_family_observe(hf: HistogramFamily, label_values: labels_vector, measurement: double): bool
	{
	return histogram_observe(histogram_with(hf, label_values), measurement);
	}

function collect_metrics(prefix: string, name: string): vector of Metric
	{
	return __collect(prefix, name);
	}

function collect_histogram_metrics(prefix: string, name: string): vector of HistogramMetric
	{
	return __collect_histograms(prefix, name);
	}
