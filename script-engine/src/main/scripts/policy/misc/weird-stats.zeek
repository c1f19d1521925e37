##! weird_stats.log: how often each weird occurred, however few of them weird.log tells after sampling.

@load base/frameworks/sumstats

module WeirdStats;

export {
	redef enum Log::ID += { LOG };

	## Decides which rows are written.
	global log_policy: Log::PolicyHook;

	## Between two rows of a name.
	const weird_stat_interval = 15min &redef;

	type WeirdStats::Info: record {
		ts: time &log;
		name: string &log;
		## Since the last row of that name.
		num_seen: count &log;
	};

	## A row of weird_stats.log.
	global log_weird_stats: event(rec: Info);
}

# Totals so far by name, at the end of the last interval.
global told: table[string] of double;

function observe_weirds()
	{
	for ( name, n in get_reporter_stats()$weirds_by_type )
		SumStats::observe("weirds.encountered", SumStats::Key($str=name), SumStats::Observation($dbl=n + 0.0));
	}

function tell(ts: time, key: SumStats::Key, result: SumStats::Result)
	{
	local total = result["weirds.encountered"]$sum;
	local before = key$str in told ? told[key$str] : 0.0;

	if ( total > before )
		Log::write(WeirdStats::LOG, Info($ts=ts, $name=key$str, $num_seen=double_to_count(total - before)));

	told[key$str] = total;
	}

event zeek_init() &priority=5
	{
	Log::create_stream(WeirdStats::LOG,
		Log::Stream($columns=Info, $ev=log_weird_stats, $path="weird_stats", $policy=log_policy));
	SumStats::create(SumStats::SumStat($name="weirds.statistics", $epoch=weird_stat_interval,
		$reducers=set(SumStats::Reducer($stream="weirds.encountered", $apply=set(SumStats::SUM))),
		$epoch_result=tell));
	}

event SumStats::finish_epoch(ss: SumStats::SumStat) &priority=10
	{
	if ( ss$name == "weirds.statistics" )
		observe_weirds();
	}
