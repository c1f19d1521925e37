##! Events when a connection has grown or lasted so much. The engine watches one threshold of each kind per connection; this
##! lets scripts set as many as they like.

module ConnThreshold;

export {
	## The thresholds of a connection that have not been crossed.
	type ConnThreshold::Thresholds: record {
		orig_byte: set[count] &default=count_set();
		resp_byte: set[count] &default=count_set();
		orig_packet: set[count] &default=count_set();
		resp_packet: set[count] &default=count_set();
		duration: set[interval] &default=interval_set();
	};

	## Set a threshold. F when it is zero, or passed already.
	global set_bytes_threshold: function(c: connection, threshold: count, is_orig: bool): bool;
	global set_packets_threshold: function(c: connection, threshold: count, is_orig: bool): bool;
	global set_duration_threshold: function(c: connection, threshold: interval): bool;

	## Take one back. F when there was none.
	global delete_bytes_threshold: function(c: connection, threshold: count, is_orig: bool): bool;
	global delete_packets_threshold: function(c: connection, threshold: count, is_orig: bool): bool;
	global delete_duration_threshold: function(c: connection, threshold: interval): bool;

	## Raised once for each threshold.
	global bytes_threshold_crossed: event(c: connection, threshold: count, is_orig: bool);
	global packets_threshold_crossed: event(c: connection, threshold: count, is_orig: bool);
	global duration_threshold_crossed: event(c: connection, threshold: interval, is_orig: bool);
}

redef record connection += {
	thresholds: ConnThreshold::Thresholds &optional;
};

function thresholds_of(c: connection): Thresholds
	{
	if ( ! c?$thresholds )
		c$thresholds = Thresholds();

	return c$thresholds;
	}

function bytes_of(c: connection, is_orig: bool): set[count]
	{
	local all = thresholds_of(c);
	return is_orig ? all$orig_byte : all$resp_byte;
	}

function packets_of(c: connection, is_orig: bool): set[count]
	{
	local all = thresholds_of(c);
	return is_orig ? all$orig_packet : all$resp_packet;
	}

# 0, which the engine takes for none, when there is nothing.
function smallest(of_set: set[count]): count
	{
	local least = 0;

	for ( n in of_set )
		if ( least == 0 || n < least )
			least = n;

	return least;
	}

function shortest(of_set: set[interval]): interval
	{
	local least = 0secs;

	for ( i in of_set )
		if ( least == 0secs || i < least )
			least = i;

	return least;
	}

# Tell the engine the next threshold when it is not the one it watches.
function watch_bytes(c: connection, is_orig: bool): bool
	{
	local next_one = smallest(bytes_of(c, is_orig));
	return next_one == get_current_conn_bytes_threshold(c$id, is_orig)
	    || set_current_conn_bytes_threshold(c$id, next_one, is_orig);
	}

function watch_packets(c: connection, is_orig: bool): bool
	{
	local next_one = smallest(packets_of(c, is_orig));
	return next_one == get_current_conn_packets_threshold(c$id, is_orig)
	    || set_current_conn_packets_threshold(c$id, next_one, is_orig);
	}

function watch_duration(c: connection): bool
	{
	local next_one = shortest(thresholds_of(c)$duration);
	return next_one == get_current_conn_duration_threshold(c$id)
	    || set_current_conn_duration_threshold(c$id, next_one);
	}

function set_bytes_threshold(c: connection, threshold: count, is_orig: bool): bool
	{
	if ( threshold == 0 )
		return F;

	local all = bytes_of(c, is_orig);
	add all[threshold];
	return watch_bytes(c, is_orig);
	}

function set_packets_threshold(c: connection, threshold: count, is_orig: bool): bool
	{
	if ( threshold == 0 )
		return F;

	local all = packets_of(c, is_orig);
	add all[threshold];
	return watch_packets(c, is_orig);
	}

function set_duration_threshold(c: connection, threshold: interval): bool
	{
	if ( threshold == 0secs )
		return F;

	local all = thresholds_of(c)$duration;
	add all[threshold];
	return watch_duration(c);
	}

function delete_bytes_threshold(c: connection, threshold: count, is_orig: bool): bool
	{
	if ( threshold !in bytes_of(c, is_orig) )
		return F;

	local all = bytes_of(c, is_orig);
	delete all[threshold];
	watch_bytes(c, is_orig);
	return T;
	}

function delete_packets_threshold(c: connection, threshold: count, is_orig: bool): bool
	{
	if ( threshold !in packets_of(c, is_orig) )
		return F;

	local all = packets_of(c, is_orig);
	delete all[threshold];
	watch_packets(c, is_orig);
	return T;
	}

function delete_duration_threshold(c: connection, threshold: interval): bool
	{
	if ( threshold !in thresholds_of(c)$duration )
		return F;

	local all = thresholds_of(c)$duration;
	delete all[threshold];
	watch_duration(c);
	return T;
	}

event conn_bytes_threshold_crossed(c: connection, threshold: count, is_orig: bool) &priority=5
	{
	if ( ! c?$thresholds )
		return;

	if ( threshold in bytes_of(c, is_orig) )
		{
		local all = bytes_of(c, is_orig);
		delete all[threshold];
		event ConnThreshold::bytes_threshold_crossed(c, threshold, is_orig);
		}

	watch_bytes(c, is_orig);
	}

event conn_packets_threshold_crossed(c: connection, threshold: count, is_orig: bool) &priority=5
	{
	if ( ! c?$thresholds )
		return;

	if ( threshold in packets_of(c, is_orig) )
		{
		local all = packets_of(c, is_orig);
		delete all[threshold];
		event ConnThreshold::packets_threshold_crossed(c, threshold, is_orig);
		}

	watch_packets(c, is_orig);
	}

event conn_duration_threshold_crossed(c: connection, threshold: interval, is_orig: bool) &priority=5
	{
	if ( ! c?$thresholds )
		return;

	if ( threshold in c$thresholds$duration )
		{
		delete c$thresholds$duration[threshold];
		event ConnThreshold::duration_threshold_crossed(c, threshold, is_orig);
		}

	watch_duration(c);
	}
