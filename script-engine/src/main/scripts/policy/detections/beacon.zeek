##! A process that calls the same address outside again and again, at even distances.

@load ./common

module Beacon;

export {
	redef enum Notice::Type += {
		## A process connects outside at even distances.
		Process_Beacon
	};

	## Connections in a row.
	option least_connections = 8;

	## What the distances may differ: standard deviation over mean.
	option most_jitter = 0.2;

	## Calls that follow each other faster are one piece of work, not a beacon.
	option least_distance = 5secs;

	## A connection that carries more bytes either way is a transfer, as of a backup every hour: it breaks the row.
	option most_bytes = 1000000;

	## Programs that may: clocks, checks of connectivity, osquery's own agent.
	option allowed = /.*\/(chronyd|ntpd|systemd-timesyncd|NetworkManager|osqueryd)$/;
}

type Calls: record {
	n: count &default=0;
	last: time &default=double_to_time(0.0);
	mean: double &default=0.0;
	m2: double &default=0.0;
};

global calls: table[string, string, addr, port] of Calls = table() &write_expire=1day;

event Detections::attributed(c: connection, orig: Attribution::Candidate, resp: Attribution::Candidate)
	{
	if ( orig$host == "" || ! orig?$path || orig$path == "" || allowed == orig$path || Detections::is_inside(c$id$resp_h) )
		return;

	if ( [orig$host, orig$path, c$id$resp_h, c$id$resp_p] !in calls )
		calls[orig$host, orig$path, c$id$resp_h, c$id$resp_p] = Calls();

	local k = calls[orig$host, orig$path, c$id$resp_h, c$id$resp_p];
	local before = k$last;

	# Connections are told when they end, or later still.
	if ( c$start_time <= before || ! Detections::once(Process_Beacon, c) )
		return;

	k$last = c$start_time;
	# Written again, for a record that changes in place does not keep its entry.
	calls[orig$host, orig$path, c$id$resp_h, c$id$resp_p] = k;

	if ( before == double_to_time(0.0) )
		return;

	local distance = interval_to_double(c$start_time - before);

	if ( distance < interval_to_double(least_distance) || c$orig$size > most_bytes || c$resp$size > most_bytes )
		{
		k$n = 0;
		k$mean = 0.0;
		k$m2 = 0.0;
		return;
		}

	k$n += 1;
	local d = distance - k$mean;
	k$mean += d / k$n;
	k$m2 += d * (distance - k$mean);

	# n distances are between n + 1 connections.
	if ( k$n + 1 < least_connections || sqrt(k$m2 / k$n) > most_jitter * k$mean )
		return;

	NOTICE([$note=Process_Beacon, $conn=c, $n=k$n + 1,
	    $msg=fmt("%s on %s calls %s every %s", orig$path, Detections::host_name(orig$host), c$id$resp_h,
	        double_to_interval(k$mean)),
	    $sub=fmt("%s; %s; jitter %.2f", Detections::who(orig), Detections::process(orig), sqrt(k$m2 / k$n) / k$mean),
	    $identifier=fmt("%s %s %s %s", orig$host, orig$path, c$id$resp_h, c$id$resp_p), $suppress_for=1day]);
	}
