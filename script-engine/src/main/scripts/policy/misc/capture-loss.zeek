##! capture_loss.log: how much of the TCP traffic is missing, measured by what was acknowledged but never seen.

@load base/frameworks/notice

module CaptureLoss;

export {
	redef enum Log::ID += { LOG };

	## Decides which rows are written.
	global log_policy: Log::PolicyHook;

	redef enum Notice::Type += {
		## More is lost than :zeek:id:`CaptureLoss::too_much_loss`.
		Too_Much_Loss,
		## So few acknowledgements that nothing can be said: packets of one direction may be missing altogether.
		Too_Little_Traffic
	};

	type CaptureLoss::Info: record {
		ts: time &log;
		## Since the last measurement.
		ts_delta: interval &log;
		peer: string &log;
		## Acknowledgements of something that was not seen.
		gaps: count &log;
		## All acknowledgements.
		acks: count &log;
		## Gaps of a hundred acknowledgements.
		percent_lost: double &log;
	};

	## Between two measurements.
	option watch_interval = 15mins;

	## Before the first one.
	option initial_watch_interval = 1mins;

	## The part of the traffic whose loss is worth a notice, from 0 to 1.
	option too_much_loss = 0.1;

	## Fewer acknowledgements in an interval are worth a notice.
	option minimum_acks: count = 1;
}

event zeek_init() &priority=5
	{
	Log::create_stream(CaptureLoss::LOG, Log::Stream($columns=Info, $path="capture_loss", $policy=log_policy));
	}

event CaptureLoss::take_measurement(last: time, last_acks: count, last_gaps: count)
	{
	# Network time is 0 until the first packet.
	if ( last == double_to_time(0.0) )
		{
		schedule initial_watch_interval { CaptureLoss::take_measurement(network_time(), 0, 0) };
		return;
		}

	local now = network_time();
	local g = get_gap_stats();
	local acks = g$ack_events - last_acks;
	local gaps = g$gap_events - last_gaps;
	local lost = acks == 0 ? 0.0 : 100.0 * gaps / acks;

	if ( lost >= 100 * too_much_loss )
		NOTICE(Notice::Info($note=Too_Much_Loss,
			$msg=fmt("The capture loss script detected an estimated loss rate above %.3f%%", lost)));

	if ( acks < minimum_acks )
		NOTICE(Notice::Info($note=Too_Little_Traffic,
			$msg=fmt("Only observed %d TCP ACKs and was expecting at least %d.", acks, minimum_acks)));

	Log::write(CaptureLoss::LOG, Info($ts=now, $ts_delta=now - last, $peer=peer_description, $gaps=gaps, $acks=acks,
		$percent_lost=lost));
	schedule watch_interval { CaptureLoss::take_measurement(now, g$ack_events, g$gap_events) };
	}

event zeek_init()
	{
	if ( reading_live_traffic() || reading_traces() )
		schedule initial_watch_interval { CaptureLoss::take_measurement(network_time(), 0, 0) };
	}
