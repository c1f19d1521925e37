##! An engine that sees the connections and hears the hosts itself: rows of conn.log wait until the hosts have told.

@load ./conn

module Attribution;

# A connection that has ended, and its row that waits.
type Ended: record {
	c: connection;
	# Whether rows may come that bear on it.
	may_wait: bool;
	token: Log::DelayToken &optional;
};

global ended: table[string] of Ended = table() &create_expire=grace + 1min;

# Called when a row has waited.
function attribute(rec: any, id: Log::ID): bool
	{
	local info = rec as Conn::Info;

	if ( info$uid !in ended )
		return T;

	local c = ended[info$uid]$c;
	delete ended[info$uid];
	local ends = lookup(c);
	__answered(c);

	fill(info, agreed(ends$orig), agreed(ends$resp));

	if ( |ends$orig| + |ends$resp| > 0 )
		event connection_attributed(c, ends$orig, ends$resp);

	return T;
	}

event new_connection(c: connection)
	{
	__begin(c);
	}

event connection_established(c: connection)
	{
	event Attribution::connection_was_established(c);
	}

event connection_state_remove(c: connection)
	{
	event Attribution::connection_has_ended(c);
	local expected = __end(c, network_time());

	if ( expected > 0 )
		ended[c$uid] = Ended($c=c, $may_wait=expected == 1);
	}

event ready(c: connection)
	{
	if ( c$uid in ended && ended[c$uid]?$token && c?$conn )
		Log::delay_finish(Conn::LOG, c$conn, ended[c$uid]$token);
	}

hook Log::log_stream_policy(rec: any, id: Log::ID)
	{
	if ( id != Conn::LOG )
		return;

	local info = rec as Conn::Info;

	if ( info$uid !in ended )
		return;

	if ( grace > 0secs && ended[info$uid]$may_wait )
		ended[info$uid]$token = Log::delay(id, rec, attribute);
	else
		attribute(rec, id);
	}

event zeek_init()
	{
	if ( grace > 0secs )
		{
		Log::set_max_delay_interval(Conn::LOG, grace);
		Log::set_max_delay_queue_size(Conn::LOG, 1000000);
		}
	}
