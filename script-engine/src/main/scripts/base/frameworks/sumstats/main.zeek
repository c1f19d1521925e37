##! Summary statistics: observations of keys are reduced to sums, averages, ... over an epoch. A SumStat says which streams
##! of observations it reduces, how, and what to do with the results; scripts that see something call SumStats::observe.
##!
##! This node observes for itself; nodes of a cluster do not exchange results yet.

module SumStats;

export {
	## Kinds of reduction. The plugins add them.
	type SumStats::Calculation: enum {
		PLACEHOLDER
	};

	## What observations are about.
	type SumStats::Key: record {
		str: string &optional;
		host: addr &optional;
	};

	## What was seen: one of these.
	type SumStats::Observation: record {
		num: count &optional;
		dbl: double &optional;
		str: string &optional;
	};

	## How a stream of observations is reduced.
	type SumStats::Reducer: record {
		## The first argument of SumStats::observe.
		stream: string;
		apply: set[SumStats::Calculation];
		## Leaves an observation out when it returns F.
		pred: function(key: SumStats::Key, obs: SumStats::Observation): bool &optional;
		## Takes keys together.
		normalize_key: function(key: SumStats::Key): SumStats::Key &optional;
	};

	## The reduction of a stream, for one key. The plugins add fields.
	type SumStats::ResultVal: record {
		## Times of the first and last observation.
		begin: time;
		end: time;
		## How many there were.
		num: count &default=0;
	};

	## All reductions for one key, by stream.
	type SumStats::Result: table[string] of SumStats::ResultVal;

	type SumStats::ResultTable: table[SumStats::Key] of SumStats::Result;

	type SumStats::SumStat: record {
		name: string;
		## After this it begins again; 0 secs waits for SumStats::next_epoch.
		epoch: interval;
		reducers: set[SumStats::Reducer];
		## What is compared with thresholds.
		threshold_val: function(key: SumStats::Key, result: SumStats::Result): double &optional;
		threshold: double &optional;
		## Thresholds one after the other.
		threshold_series: vector of double &optional;
		## A threshold was reached.
		threshold_crossed: function(key: SumStats::Key, result: SumStats::Result) &optional;
		## The result of an epoch, for each key.
		epoch_result: function(ts: time, key: SumStats::Key, result: SumStats::Result) &optional;
		## Behind the last of them.
		epoch_finished: function(ts: time) &optional;
	};

	## Begins to reduce.
	global create: function(ss: SumStats::SumStat);

	## Something was seen. Does nothing unless some SumStat reduces that stream.
	global observe: function(id: string, key: SumStats::Key, obs: SumStats::Observation);

	## The result so far. To be called in the condition of a ``when``.
	global request_key: function(ss_name: string, key: SumStats::Key): SumStats::Result;

	## For messages.
	global key2str: function(key: SumStats::Key): string;

	## Ends the epoch of a SumStat that has no length. Returns F when it has one, or there is no such SumStat.
	global next_epoch: function(ss_name: string): bool;
}

# A calculation takes an observation, as number and as it is, into a result.
type ObserveFunc: function(r: SumStats::Reducer, val: double, data: SumStats::Observation, rv: SumStats::ResultVal);

redef record SumStats::Reducer += {
	# Of the SumStat it belongs to.
	ssname: string &optional;
	# What to apply, with what that needs in front of it.
	calc_funcs: vector of SumStats::Calculation &optional;
};

# What plugins implement: registration, and their part of a new result and of one made of two.
global register_observe_plugins: hook();
global init_resultval_hook: hook(r: SumStats::Reducer, rv: SumStats::ResultVal);
global compose_resultvals_hook: hook(result: SumStats::ResultVal, rv1: SumStats::ResultVal, rv2: SumStats::ResultVal) &is_used;

# An epoch is over.
global finish_epoch: event(ss: SumStats::SumStat);

global stats_store: table[string] of SumStats::SumStat = table();
global reducer_store: table[string] of set[SumStats::Reducer] = table();
global result_store: table[string] of SumStats::ResultTable = table();
global calc_store: table[SumStats::Calculation] of ObserveFunc = table();
global calc_deps: table[SumStats::Calculation] of vector of SumStats::Calculation = table();

# How many thresholds a key has crossed in this epoch, by SumStat.
global crossed: table[string] of table[SumStats::Key] of count = table();

# Keys whose results are handed over between two turns of everything else.
const keys_per_turn = 50;

# ---- calculations

function register_observe_plugin(calc: SumStats::Calculation, func: ObserveFunc)
	{
	calc_store[calc] = func;
	}

# A calculation that uses the result of another comes behind it.
function add_observe_plugin_dependency(calc: SumStats::Calculation, depends_on: SumStats::Calculation)
	{
	if ( calc !in calc_deps )
		calc_deps[calc] = vector();

	calc_deps[calc] += depends_on;
	}

event zeek_init() &priority=100000
	{
	hook register_observe_plugins();
	}

function add_calculation(to: vector of SumStats::Calculation, calc: SumStats::Calculation)
	{
	for ( i in to )
		if ( to[i] == calc )
			return;

	if ( calc in calc_deps )
		for ( j in calc_deps[calc] )
			add_calculation(to, calc_deps[calc][j]);

	to += calc;
	}

# ---- results

function init_resultval(r: SumStats::Reducer): SumStats::ResultVal
	{
	local rv = SumStats::ResultVal($begin=network_time(), $end=network_time());
	hook init_resultval_hook(r, rv);
	return rv;
	}

function compose_resultvals(rv1: SumStats::ResultVal, rv2: SumStats::ResultVal): SumStats::ResultVal &is_used
	{
	local both = SumStats::ResultVal($begin=rv1$begin < rv2$begin ? rv1$begin : rv2$begin,
	    $end=rv1$end > rv2$end ? rv1$end : rv2$end, $num=rv1$num + rv2$num);
	hook compose_resultvals_hook(both, rv1, rv2);
	return both;
	}

function reset(ss: SumStats::SumStat)
	{
	result_store[ss$name] = table();
	crossed[ss$name] = table();
	}

function key2str(key: SumStats::Key): string
	{
	local parts: string_vec = vector();
	if ( key?$host )
		parts += fmt("host=%s", key$host);
	if ( key?$str )
		parts += fmt("str=%s", key$str);

	return fmt("sumstats_key(%s)", join_string_vec(parts, ", "));
	}

function create(ss: SumStats::SumStat)
	{
	if ( (ss?$threshold || ss?$threshold_series) && ! ss?$threshold_val )
		Reporter::error("SumStats given a threshold with no $threshold_val function");

	stats_store[ss$name] = ss;
	for ( reducer in ss$reducers )
		{
		reducer$ssname = ss$name;
		reducer$calc_funcs = vector();
		for ( calc in reducer$apply )
			add_calculation(reducer$calc_funcs, calc);

		if ( reducer$stream !in reducer_store )
			reducer_store[reducer$stream] = set();

		add reducer_store[reducer$stream][reducer];
		}

	reset(ss);
	if ( ss$epoch != 0secs )
		schedule ss$epoch { SumStats::finish_epoch(ss) };
	}

# ---- thresholds

function thresholds_crossed(ss: SumStats::SumStat, key: SumStats::Key): count
	{
	return key in crossed[ss$name] ? crossed[ss$name][key] : 0;
	}

# Whether nobody will ask for more: every threshold was crossed, and results are not wanted.
function is_done(ss: SumStats::SumStat, key: SumStats::Key): bool
	{
	if ( ss?$epoch_result )
		return F;

	local so_far = thresholds_crossed(ss, key);
	return (ss?$threshold && so_far > 0) || (ss?$threshold_series && so_far == |ss$threshold_series|);
	}

# The functions of a SumStat may count on a result for each of its streams.
function complete(ss: SumStats::SumStat, result: SumStats::Result)
	{
	if ( |result| == |ss$reducers| )
		return;

	for ( reducer in ss$reducers )
		if ( reducer$stream !in result )
			result[reducer$stream] = init_resultval(reducer);
	}

function check_thresholds(ss: SumStats::SumStat, key: SumStats::Key, result: SumStats::Result): bool
	{
	if ( ! ss?$threshold_val || ! (ss?$threshold || ss?$threshold_series) )
		return F;

	complete(ss, result);
	local value = ss$threshold_val(key, result);
	local so_far = thresholds_crossed(ss, key);
	if ( ss?$threshold && so_far == 0 && value >= ss$threshold )
		return T;

	return ss?$threshold_series && so_far < |ss$threshold_series| && value >= ss$threshold_series[so_far];
	}

function threshold_crossed(ss: SumStats::SumStat, key: SumStats::Key, result: SumStats::Result)
	{
	if ( ! ss?$threshold_crossed )
		return;

	crossed[ss$name][key] = thresholds_crossed(ss, key) + 1;
	complete(ss, result);
	ss$threshold_crossed(key, result);
	}

# ---- observations

function reduce(r: SumStats::Reducer, seen: SumStats::Key, obs: SumStats::Observation)
	{
	local key = r?$normalize_key ? r$normalize_key(copy(seen)) : seen;
	if ( r?$pred && ! r$pred(key, obs) )
		return;

	local ss = stats_store[r$ssname];
	if ( is_done(ss, key) )
		return;

	local results = result_store[ss$name];
	if ( key !in results )
		results[key] = table();

	local result = results[key];
	if ( r$stream !in result )
		result[r$stream] = init_resultval(r);

	local rv = result[r$stream];
	++rv$num;
	rv$end = network_time();

	# A string counts as one.
	local val = 1.0;
	if ( obs?$num )
		val = obs$num;
	else if ( obs?$dbl )
		val = obs$dbl;

	for ( i in r$calc_funcs )
		calc_store[r$calc_funcs[i]](r, val, obs, rv);

	if ( check_thresholds(ss, key, result) )
		threshold_crossed(ss, key, result);
	}

function observe(id: string, key: SumStats::Key, obs: SumStats::Observation)
	{
	if ( id !in reducer_store )
		return;

	for ( r in reducer_store[id] )
		reduce(r, key, obs);
	}

function request_key(ss_name: string, key: SumStats::Key): SumStats::Result
	{
	# It is a wait for the scripts' sake: a cluster has to ask around.
	return when [ss_name, key] ( T )
		{
		if ( ss_name in result_store && key in result_store[ss_name] )
			return result_store[ss_name][key];

		return table();
		}
	}

# ---- epochs

function epoch_finished(ss: SumStats::SumStat, now: time)
	{
	if ( ss?$epoch_finished )
		ss$epoch_finished(now);
	}

# Some of an epoch's results at a time, lest many keys hold up everything else.
event SumStats::process_epoch_result(ss: SumStats::SumStat, now: time, data: SumStats::ResultTable)
	{
	local done: vector of SumStats::Key = vector();
	for ( key, result in data )
		{
		ss$epoch_result(now, key, result);
		done += key;
		if ( |done| == keys_per_turn )
			break;
		}

	for ( i in done )
		delete data[done[i]];

	if ( |data| > 0 )
		schedule 0.01secs { SumStats::process_epoch_result(ss, now, data) };
	else
		epoch_finished(ss, now);
	}

function end_epoch(ss: SumStats::SumStat)
	{
	if ( ! ss?$epoch_result )
		return;

	local now = network_time();
	local data = result_store[ss$name];
	reset(ss);

	if ( |data| == 0 )
		epoch_finished(ss, now);
	else if ( zeek_is_terminating() )
		{
		for ( key, result in data )
			ss$epoch_result(now, key, result);

		epoch_finished(ss, now);
		}
	else
		event SumStats::process_epoch_result(ss, now, data);

	if ( ss$epoch != 0secs )
		schedule ss$epoch { SumStats::finish_epoch(ss) };
	}

event SumStats::finish_epoch(ss: SumStats::SumStat)
	{
	# At the end zeek_done does it.
	if ( ! zeek_is_terminating() )
		end_epoch(ss);
	}

function next_epoch(ss_name: string): bool
	{
	if ( ss_name !in stats_store || stats_store[ss_name]$epoch != 0secs )
		return F;

	event SumStats::finish_epoch(stats_store[ss_name]);
	return T;
	}

event zeek_done() &priority=10
	{
	for ( name, ss in stats_store )
		if ( ss$epoch != 0secs )
			end_epoch(ss);
	}
