##! A user sends more to the outside than that user ever does. What is usual is learnt for each user of each host, from what
##! this user sent to one destination within a period; a destination that is new to the user weighs more.

@load ./common

module Exfiltration;

export {
	redef enum Notice::Type += {
		## A user sent unusually much to one address outside.
		Exfiltration
	};

	## Bytes to one destination within a period that are told as long as nothing is known of the user.
	option absolute = 5000000;

	## Bytes that are never told, however unusual they are.
	option least = 1000000;

	## How many times of what the user usually sends to one destination are told.
	option factor = 10.0;

	## The same for a destination that the user sent to before.
	option factor_known = 50.0;

	## Amounts that must be known of a user before they count as usual.
	option least_past = 20;

	## Amounts from which on what a user sends to a destination again may be usual, though the user's past is still short:
	## it can only raise :zeek:id:`Exfiltration::absolute` then.
	option least_repeated = 3;

	## What is sent to one destination within this time is one amount. Not an hour, lest a job of every hour be counted
	## once in one period and twice in the next.
	const period = 50min &redef;

	## How long the past of a user who sends nothing is remembered.
	const memory = 30days &redef;

	## Destinations that people may send to.
	option allowed: set[subnet] = {};

	## Programs that may send: those of backups, for instance.
	option allowed_programs = /^$/;
}

# What a user did: amounts by period and destination, as mean and deviation of their logarithms, for they differ by orders
# of magnitude.
type Past: record {
	n: count &default=0;
	mean: double &default=0.0;
	# Sum of squares of differences from the mean (Welford).
	m2: double &default=0.0;
	destinations: set[addr] &default=addr_set();
};

global pasts: table[string] of Past = table() &write_expire=memory;

# Destinations that are remembered of a user.
const most_destinations = 10000;

function amount_ends(t: table[string, addr] of double, idx: any): interval
	{
	local user: string;
	local dst: addr;
	[user, dst] = idx;

	if ( user !in pasts )
		pasts[user] = Past();

	local past = pasts[user];
	local x = ln(t[user, dst] + 1.0);
	local d = x - past$mean;
	past$n += 1;
	past$mean += d / past$n;
	past$m2 += d * (x - past$mean);

	if ( |past$destinations| < most_destinations )
		add past$destinations[dst];

	# Written again, for a record that changes in place does not keep its entry.
	pasts[user] = past;
	return 0secs;
	}

# What is sent in this period, by user and destination.
global amounts: table[string, addr] of double = table() &create_expire=period &expire_func=amount_ends;

# The amount that is too much for a user and a destination.
function limit_of(user: string, dst: addr): double
	{
	if ( user !in pasts )
		return absolute + 0.0;

	local past = pasts[user];
	local is_short = past$n < least_past;

	if ( is_short && (past$n < least_repeated || dst !in past$destinations) )
		return absolute + 0.0;

	local deviation = sqrt(past$m2 / past$n);
	local usual = exp(past$mean + 2.0 * deviation);

	if ( is_short )
		return usual * factor < absolute ? absolute + 0.0 : usual * factor;

	local times = dst in past$destinations ? factor_known : factor;
	local limit = usual * times;
	return limit < least ? least + 0.0 : limit;
	}

event Detections::attributed(c: connection, orig: Attribution::Candidate, resp: Attribution::Candidate)
	{
	local dst = c$id$resp_h;

	if ( ! orig?$user || orig$user == "" || c$orig$size == 0 || Detections::is_inside(dst) || dst in allowed )
		return;

	if ( orig?$path && allowed_programs == orig$path )
		return;

	# Bytes are counted for the first user that is named.
	if ( ! Detections::once(Exfiltration, c) )
		return;

	# By the host's identifier: its name is told later, and may change.
	local user = fmt("%s@%s", orig$user, orig$host);

	if ( [user, dst] !in amounts )
		amounts[user, dst] = 0.0;

	amounts[user, dst] += c$orig$size;

	local sent = amounts[user, dst];
	local limit = limit_of(user, dst);

	if ( sent < limit )
		return;

	local is_new = user !in pasts || dst !in pasts[user]$destinations;
	NOTICE([$note=Exfiltration, $conn=c, $n=double_to_count(sent),
	    $msg=fmt("%s sent %.1f MB to %s", Detections::who(orig), sent / 1000000.0, dst),
	    $sub=fmt("%s; %s destination; limit %.1f MB%s", Detections::process(orig), is_new ? "new" : "known",
	        limit / 1000000.0, user in pasts && pasts[user]$n >= least_past ? " by the user's past" : ""),
	    $identifier=fmt("%s %s", user, dst), $suppress_for=period]);
	}
