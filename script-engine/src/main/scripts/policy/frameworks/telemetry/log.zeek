##! telemetry.log and telemetry_histogram.log: figures from time to time, and at the end.

@load base/frameworks/telemetry

module Telemetry;

export {
	redef enum Log::ID += { LOG, LOG_HISTOGRAM };

	## How often.
	option log_interval = 60sec;

	## Figures whose prefix is one of these are logged; all when it is empty.
	option log_prefixes: set[string] = { "process", "zeek" };

	type Telemetry::Info: record {
		ts: time &log;
		peer: string &log;
		## ``counter`` or ``gauge``.
		metric_type: string &log;
		name: string &log;
		labels: vector of string &log;
		label_values: vector of string &log;
		value: double &log;
	};

	type Telemetry::HistogramInfo: record {
		ts: time &log;
		peer: string &log;
		name: string &log;
		labels: vector of string &log;
		label_values: vector of string &log;
		bounds: vector of double &log;
		## Measurements up to each bound and above the one before.
		values: vector of double &log;
		sum: double &log;
		observations: double &log;
	};

	## Decide which rows are written.
	global log_policy: Log::PolicyHook;
	global log_policy_histogram: Log::PolicyHook;

	global log_telemetry: event(rec: Info);
	global log_telemetry_histogram: event(rec: HistogramInfo);
}

function log_figures(prefix: string)
	{
	for ( _, m in collect_metrics(prefix) )
		Log::write(LOG, Info($ts=network_time(), $peer=peer_description,
		    $metric_type=m$opts$metric_type == COUNTER ? "counter" : "gauge", $name=m$opts$name,
		    $labels=m$label_names, $label_values=m$label_values, $value=m$value));

	for ( _, h in collect_histogram_metrics(prefix) )
		Log::write(LOG_HISTOGRAM, HistogramInfo($ts=network_time(), $peer=peer_description, $name=h$opts$name,
		    $labels=h$label_names, $label_values=h$label_values, $bounds=h$opts$bounds, $values=h$values,
		    $sum=h$sum, $observations=h$observations));
	}

function log_all()
	{
	if ( |log_prefixes| == 0 )
		log_figures("*");

	for ( prefix in log_prefixes )
		log_figures(prefix);
	}

event log_regularly()
	{
	if ( zeek_is_terminating() )
		return;

	log_all();
	schedule log_interval { log_regularly() };
	}

event zeek_init() &priority=5
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $ev=log_telemetry, $path="telemetry", $policy=log_policy));
	Log::create_stream(LOG_HISTOGRAM, Log::Stream($columns=HistogramInfo, $ev=log_telemetry_histogram,
	    $path="telemetry_histogram", $policy=log_policy_histogram));
	}

event zeek_init()
	{
	schedule log_interval { log_regularly() };
	}

# Behind what other handlers still count.
event zeek_done() &priority=-1000
	{
	log_all();
	}
