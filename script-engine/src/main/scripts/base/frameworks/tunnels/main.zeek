##! tunnel.log: tunnels as they are found and as they end.


module Tunnel;

export {
	redef enum Log::ID += { LOG };

	## Decides which rows are written.
	global log_policy: Log::PolicyHook;

	type Tunnel::Action: enum {
		## Seen for the first time.
		DISCOVER,
		## Its connection has ended.
		CLOSE,
		## Nothing was seen of it for too long.
		EXPIRE
	};

	type Tunnel::Info: record {
		ts: time &log;
		## Of the connection that carries it, when it is one.
		uid: string &log &optional;
		id: conn_id &log;
		tunnel_type: Tunnel::Type &log;
		action: Action &log;
	};

	## Tells that a connection came through these tunnels.
	global register_all: function(ecv: EncapsulatingConnVector);

	## Tells of one tunnel.
	global register: function(ec: EncapsulatingConn);

	## Writes that a tunnel has ended, and forgets it.
	global close: function(tunnel: Info, action: Action);

	## Called for a tunnel that nothing was seen of.
	global expire: function(t: table[conn_id] of Info, idx: conn_id): interval;

	const expiration_interval = 1hrs &redef;

	## Those that have not ended.
	global active: table[conn_id] of Info = table() &read_expire=expiration_interval &expire_func=expire;
}

function close(tunnel: Info, action: Action)
	{
	tunnel$ts = network_time();
	tunnel$action = action;
	Log::write(LOG, tunnel);
	delete active[tunnel$id];
	}

function expire(t: table[conn_id] of Info, idx: conn_id): interval
	{
	close(t[idx], EXPIRE);
	return 0secs;
	}

function register(ec: EncapsulatingConn)
	{
	if ( ec$cid in active )
		return;

	local tunnel = Info($ts=network_time(), $id=ec$cid, $tunnel_type=ec$tunnel_type, $action=DISCOVER);

	if ( ec?$uid )
		tunnel$uid = ec$uid;

	active[ec$cid] = tunnel;
	Log::write(LOG, tunnel);
	}

function register_all(ecv: EncapsulatingConnVector)
	{
	for ( i in ecv )
		register(ecv[i]);
	}

event new_connection(c: connection) &priority=5
	{
	if ( c?$tunnel )
		register_all(c$tunnel);
	}

event tunnel_changed(c: connection, e: EncapsulatingConnVector) &priority=5
	{
	register_all(e);
	}

event connection_state_remove(c: connection) &priority=-3
	{
	if ( |active| > 0 && c$id in active )
		close(active[c$id], CLOSE);
	}

event zeek_init() &priority=5
	{
	Log::create_stream(Tunnel::LOG, Log::Stream($columns=Info, $path="tunnel", $policy=log_policy));
	}
