##! The log of SSH connections, made of the events of an SSH analyzer. The engine has none yet: until then whoever raises
##! these events fills the log.

@load base/utils/directions-and-hosts
@load base/utils/site
@load base/protocols/conn/removal-hooks

module SSH;

export {
	redef enum Log::ID += { LOG };

	global log_policy: Log::PolicyHook;

	## Where servers listen.
	const ports = { 22/tcp } &redef;

	## What an end offers for each direction, best first.
	type SSH::Algorithm_Prefs: record {
		client_to_server: vector of string &optional;
		server_to_client: vector of string &optional;
	};

	## What an end can do.
	type SSH::Capabilities: record {
		kex_algorithms: string_vec;
		server_host_key_algorithms: string_vec;
		encryption_algorithms: Algorithm_Prefs;
		mac_algorithms: Algorithm_Prefs;
		compression_algorithms: Algorithm_Prefs;
		languages: Algorithm_Prefs &optional;
		is_server: bool;
	};

	## A connection.
	type SSH::Info: record {
		ts: time &log;
		uid: string &log;
		id: conn_id &log;
		## 1 or 2.
		version: count &log &optional;
		## Whether somebody got in, where that could be seen.
		auth_success: bool &log &optional;
		auth_attempts: count &log &default=0;
		## Set when one end is local and the other is not.
		direction: Direction &log &optional;
		## The ends' words about themselves.
		client: string &log &optional;
		server: string &log &optional;
		## What they agreed on.
		cipher_alg: string &log &optional;
		mac_alg: string &log &optional;
		compression_alg: string &log &optional;
		kex_alg: string &log &optional;
		host_key_alg: string &log &optional;
		host_key_fingerprint: string &log &optional;

		logged: bool &default=F;
		capabilities: Capabilities &optional;
	};

	## Compressions under which attempts cannot be told by their size.
	option compression_algorithms = set("zlib", "zlib@openssh.com");

	global log_ssh: event(rec: SSH::Info);

	global finalize_ssh: Conn::RemovalHook;
}

module GLOBAL;

export {
	## Nobody got in.
	global ssh_auth_failed: event(c: connection);

	## Somebody did, or nobody.
	global ssh_auth_result: event(c: connection, result: bool, auth_attempts: count);

	global ssh_server_version: event(c: connection, version: string);
	global ssh_client_version: event(c: connection, version: string);
	global ssh_auth_attempted: event(c: connection, authenticated: bool);
	global ssh_capabilities: event(c: connection, cookie: string, capabilities: SSH::Capabilities);
	global ssh_server_host_key_fingerprint: event(c: connection, fingerprint: string);
}

module SSH;

redef record connection += {
	ssh: SSH::Info &optional;
};

event zeek_init() &priority=5
	{
	Log::create_stream(SSH::LOG, Log::Stream($columns=SSH::Info, $ev=log_ssh, $path="ssh", $policy=log_policy));
	}

function begin(c: connection)
	{
	if ( c?$ssh )
		return;

	c$ssh = SSH::Info($ts=network_time(), $uid=c$uid, $id=c$id);
	local from_inside = Site::is_local_addr(c$id$orig_h);
	if ( from_inside != Site::is_local_addr(c$id$resp_h) )
		c$ssh$direction = from_inside ? OUTBOUND : INBOUND;

	Conn::register_removal_hook(c, finalize_ssh);
	}

function write(c: connection)
	{
	c$ssh$logged = T;
	Log::write(SSH::LOG, c$ssh);
	}

# The protocol versions that an end's banner offers: SSH-1.99 means both.
function offered(banner: string): set[count]
	{
	if ( starts_with(banner, "SSH-1.99") )
		return set(1, 2);

	if ( |banner| > 4 && banner[4] == "2" )
		return set(2);

	return |banner| > 4 && banner[4] == "1" ? set(1) : set();
	}

function settle_version(c: connection)
	{
	delete c$ssh$version;
	if ( ! c$ssh?$client || ! c$ssh?$server || c$ssh$client == "" || c$ssh$server == "" )
		return;

	local both = offered(c$ssh$client) & offered(c$ssh$server);
	if ( 2 in both )
		c$ssh$version = 2;
	else if ( 1 in both )
		c$ssh$version = 1;
	else
		{
		local is_readable = |c$ssh$client| > 4 && |c$ssh$server| > 4;
		Reporter::conn_weird(is_readable ? "SSH_version_mismatch" : "SSH_cannot_determine_version", c,
		    fmt("%s vs %s", c$ssh$server, c$ssh$client));
		}
	}

event ssh_server_version(c: connection, version: string)
	{
	begin(c);
	c$ssh$server = version;
	settle_version(c);
	}

event ssh_client_version(c: connection, version: string)
	{
	begin(c);
	c$ssh$client = version;
	settle_version(c);
	}

# The client's first choice that the server has too.
function agreed(client: string_vec, server: string_vec): string
	{
	for ( i in client )
		for ( j in server )
			if ( client[i] == server[j] )
				return client[i];

	return "Algorithm negotiation failed";
	}

function agreed_both_ways(client: Algorithm_Prefs, server: Algorithm_Prefs): string
	{
	local up = agreed(client$client_to_server, server$client_to_server);
	local down = agreed(client$server_to_client, server$server_to_client);
	return up == down ? up : fmt("To server: %s, to client: %s", up, down);
	}

event ssh_capabilities(c: connection, cookie: string, capabilities: SSH::Capabilities)
	{
	if ( ! c?$ssh )
		return;

	if ( ! c$ssh?$capabilities )
		{
		c$ssh$capabilities = capabilities;
		return;
		}

	if ( c$ssh$capabilities$is_server == capabilities$is_server )
		return;

	local client = capabilities$is_server ? c$ssh$capabilities : capabilities;
	local server = capabilities$is_server ? capabilities : c$ssh$capabilities;
	c$ssh$cipher_alg = agreed_both_ways(client$encryption_algorithms, server$encryption_algorithms);
	c$ssh$mac_alg = agreed_both_ways(client$mac_algorithms, server$mac_algorithms);
	c$ssh$compression_alg = agreed_both_ways(client$compression_algorithms, server$compression_algorithms);
	c$ssh$kex_alg = agreed(client$kex_algorithms, server$kex_algorithms);
	c$ssh$host_key_alg = agreed(client$server_host_key_algorithms, server$server_host_key_algorithms);
	}

event ssh_server_host_key_fingerprint(c: connection, fingerprint: string) &priority=5
	{
	if ( c?$ssh )
		c$ssh$host_key_fingerprint = fingerprint;
	}

event ssh_auth_attempted(c: connection, authenticated: bool) &priority=5
	{
	if ( ! c?$ssh || (c$ssh?$auth_success && c$ssh$auth_success) )
		return;

	if ( c$ssh?$compression_alg && c$ssh$compression_alg in compression_algorithms )
		return;

	c$ssh$auth_success = authenticated;
	++c$ssh$auth_attempts;
	}

event ssh_auth_attempted(c: connection, authenticated: bool) &priority=-5
	{
	if ( ! authenticated || ! c?$ssh || c$ssh$logged )
		return;

	event ssh_auth_result(c, T, c$ssh$auth_attempts);
	write(c);
	}

event ssh_auth_failed(c: connection) &priority=-5
	{
	if ( ! c?$ssh || c$ssh$logged )
		return;

	write(c);
	event ssh_auth_result(c, F, c$ssh$auth_attempts);
	}

hook finalize_ssh(c: connection)
	{
	if ( ! c?$ssh || c$ssh$logged )
		return;

	if ( c$ssh?$client && c$ssh?$server && c$ssh?$auth_success )
		{
		if ( ! c$ssh$auth_success )
			event ssh_auth_failed(c);
		}
	else
		write(c);
	}
