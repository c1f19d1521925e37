##! Figures about a run, as the telemetry framework shows them.

module Telemetry;

export {
	type Telemetry::MetricType: enum {
		## Never falls.
		COUNTER,
		GAUGE,
		## Counts measurements by size.
		HISTOGRAM
	};

	## Describes figures of one name.
	type Telemetry::MetricOpts: record {
		## What the name begins with: whose figures they are.
		prefix: string;
		name: string;
		## Appended to the name, unless empty.
		unit: string &optional;
		help_text: string &optional;
		## Figures of a name are told apart by values for these.
		label_names: vector of string &default=vector();
		is_total: bool &optional;
		## Upper bounds of a histogram's buckets, rising.
		bounds: vector of double &optional;
		metric_type: MetricType &optional;
	};

	## A figure. Its *opts* have the full name.
	type Telemetry::Metric: record {
		opts: MetricOpts;
		label_names: vector of string &default=vector();
		label_values: vector of string &optional;
		value: double &optional;
	};

	type Telemetry::HistogramMetric: record {
		opts: MetricOpts;
		label_names: vector of string &default=vector();
		label_values: vector of string &optional;
		## Measurements in each bucket; the last has no upper bound.
		values: vector of double;
		observations: double;
		sum: double;
	};

	type Telemetry::MetricVector: vector of Metric;
	type Telemetry::HistogramMetricVector: vector of HistogramMetric;

	## Runs before figures are looked at: the place to bring those up to date that are costly to keep.
	global sync: hook();
}

module GLOBAL;
