##! Times and intervals.

const null_ts = double_to_time(0.0);

## As in ``3m20s``.
function duration_to_mins_secs(dur: interval): string
	{
	local secs = double_to_count(interval_to_double(dur));
	return fmt("%dm%ds", secs / 60, secs % 60);
	}

@ifdef ( get_current_packet_ts )
## How far the packets are behind the clock; 0 when there was none.
function get_packet_lag(): interval
	{
	local last_packet = network_time();
	return last_packet == null_ts ? 0secs : current_time() - last_packet;
	}
@endif
