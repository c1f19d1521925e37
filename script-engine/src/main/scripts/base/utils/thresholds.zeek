##! Counting up to steps.

module GLOBAL;

export {
	type TrackCount: record {
		## How many.
		n: count &default=0;
		## Steps passed.
		index: count &default=0;
	};

	const default_notice_thresholds: vector of count = { 30, 100, 1000, 10000, 100000, 1000000, 10000000 } &redef;

	## Whether the next step has been reached; each one is told once.
	global check_threshold: function(v: vector of count, tracker: TrackCount): bool;

	global default_check_threshold: function(tracker: TrackCount): bool;
}

function new_track_count(): TrackCount
	{
	return TrackCount();
	}

function check_threshold(v: vector of count, tracker: TrackCount): bool
	{
	if ( tracker$index >= |v| || tracker$n < v[tracker$index] )
		return F;

	++tracker$index;
	return T;
	}

function default_check_threshold(tracker: TrackCount): bool
	{
	return check_threshold(default_notice_thresholds, tracker);
	}
