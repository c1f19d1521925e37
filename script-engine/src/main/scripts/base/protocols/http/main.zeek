##! http.log: one row a request with its reply.

@load base/utils/numbers
@load base/utils/files
@load base/frameworks/analyzer
@load base/frameworks/tunnels
@load base/protocols/conn/removal-hooks

module HTTP;

export {
	redef enum Log::ID += { LOG };

	## Ports that HTTP is tried on from the first byte.
	const ports = { 80/tcp, 81/tcp, 631/tcp, 1080/tcp, 3128/tcp, 8000/tcp, 8080/tcp, 8888/tcp } &redef;

	global log_policy: Log::PolicyHook;

	## Marks that scripts put on a row.
	type Tags: enum { EMPTY };

	## Whether passwords of basic authentication are kept.
	option default_capture_password = F;

	type Info: record {
		## Of the request.
		ts: time &log;
		uid: string &log;
		id: conn_id &log;
		## Which request of the connection it is, from 1.
		trans_depth: count &log;
		method: string &log &optional;
		## The Host header, with its port when it has one.
		host: string &log &optional;
		## With what %xx stand for.
		uri: string &log &optional;
		## The Referer header.
		referrer: string &log &optional;
		## Of the reply.
		version: string &log &optional;
		user_agent: string &log &optional;
		## The Origin header.
		origin: string &log &optional;
		## Bytes, decoded.
		request_body_len: count &log &default=0;
		response_body_len: count &log &default=0;
		status_code: count &log &optional;
		status_msg: string &log &optional;
		## Of the last informational (1xx) reply before the real one.
		info_code: count &log &optional;
		info_msg: string &log &optional;
		tags: set[Tags] &log;
		## Of basic authentication.
		username: string &log &optional;
		password: string &log &optional;
		## Whether the password of this request is kept.
		capture_password: bool &default=default_capture_password;
		## Headers that tell of a proxy, as ``NAME -> value``.
		proxied: set[string] &log &optional;
		## Whether the reply may be a part of a whole.
		range_request: bool &default=F;
	};

	## What a connection still waits for.
	type State: record {
		## Requests without a whole reply, by number.
		pending: table[count] of Info;
		current_request: count &default=0;
		current_response: count &default=0;
		## The last number given out.
		trans_depth: count &default=0;
	};

	option proxy_headers: set[string] = {
		"FORWARDED", "X-FORWARDED-FOR", "X-FORWARDED-FROM", "CLIENT-IP", "VIA", "XROXY-CONNECTION", "PROXY-CONNECTION"
	};

	## Any other method is a weird.
	option http_methods: set[string] = {
		"GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "CONNECT",
		# distributed authoring
		"PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "POLL", "REPORT", "SUBSCRIBE", "BMOVE", "SEARCH",
		"QUERY"
	};

	## A row of http.log.
	global log_http: event(rec: Info);

	## Runs when a connection with HTTP ends: writes what still waits.
	global finalize_http: Conn::RemovalHook;

	## More requests than that without a reply are written as they are; 0 is no limit.
	option max_pending_requests = 100;

	## Longest text in a field of http.log; 0 is no limit.
	const default_max_field_string_bytes = 0 &redef;
}

redef record connection += {
	http: Info &optional;
	http_state: State &optional;
};

event zeek_init() &priority=5
	{
	Log::create_stream(HTTP::LOG, Log::Stream($columns=Info, $ev=log_http, $path="http", $policy=log_policy,
		$max_field_string_bytes=default_max_field_string_bytes));
	Analyzer::register_for_ports(Analyzer::ANALYZER_HTTP, ports);
	}

function is_informational(info: Info): bool
	{
	return info?$status_code && info$status_code >= 100 && info$status_code < 200;
	}

function state_of(c: connection): State
	{
	if ( ! c?$http_state )
		{
		c$http_state = State();
		Conn::register_removal_hook(c, finalize_http);
		}

	return c$http_state;
	}

## Makes ``c$http`` the row that the request or the reply at hand belongs to.
function set_state(c: connection, is_orig: bool)
	{
	local s = state_of(c);
	local number = is_orig ? s$current_request : s$current_response;

	if ( number !in s$pending )
		{
		++s$trans_depth;
		s$pending[number] = Info($ts=network_time(), $uid=c$uid, $id=c$id, $trans_depth=s$trans_depth);
		}

	c$http = s$pending[number];
	}

# Nobody knows any more which reply belongs to which request: writes what waits, and begins anew.
function write_pending(s: State)
	{
	if ( s$current_response == 0 )
		++s$current_response;

	while ( s$current_response < s$current_request )
		{
		if ( s$current_response in s$pending )
			{
			Log::write(HTTP::LOG, s$pending[s$current_response]);
			delete s$pending[s$current_response];
			}

		++s$current_response;
		}
	}

event http_request(c: connection, method: string, original_URI: string, unescaped_URI: string, version: string) &priority=5
	{
	local s = state_of(c);

	if ( s$current_request < s$current_response )
		{
		# A reply to nothing: the next one is for this request.
		Reporter::conn_weird("HTTP_response_before_request", c);
		s$current_request = s$current_response;
		}

	if ( max_pending_requests > 0 && |s$pending| > max_pending_requests )
		{
		Reporter::conn_weird("HTTP_excessive_pipelining", c, fmt("%d > %d", |s$pending|, max_pending_requests), "HTTP");
		write_pending(s);
		}

	++s$current_request;
	set_state(c, T);
	c$http$method = method;
	c$http$uri = unescaped_URI;

	if ( method !in http_methods )
		Reporter::conn_weird("unknown_HTTP_method", c, method);
	}

event http_reply(c: connection, version: string, code: count, reason: string) &priority=5
	{
	local s = state_of(c);
	local n = s$current_response;

	# After an informational reply the real one is still to come, for the same request.
	if ( n !in s$pending || (s$pending[n]?$status_code && ! is_informational(s$pending[n])) )
		++s$current_response;

	set_state(c, F);
	c$http$status_code = code;
	c$http$status_msg = reason;
	c$http$version = version;

	if ( is_informational(c$http) )
		{
		c$http$info_code = code;
		c$http$info_msg = reason;
		}

	if ( code == 200 && c$http?$method && c$http$method == "CONNECT" )
		{
		# Each client of a proxy comes from many ports: all of them are one tunnel.
		local tunnel = copy(c$id);
		tunnel$orig_p = 0/tcp;
		Tunnel::register(Tunnel::EncapsulatingConn($cid=tunnel, $tunnel_type=Tunnel::HTTP));
		}
	}

# Basic authentication (RFC 7617).
function set_credentials(c: connection, value: string)
	{
	if ( /^[bB][aA][sS][iI][cC] / !in value )
		return;

	local plain = decode_base64_conn(c$id, sub(value, /[bB][aA][sS][iI][cC][[:blank:]]+/, ""));
	local parts = split_string1(plain, /:/);
	local good = |parts| == 2;
	c$http$username = good ? parts[0] : fmt("<problem-decoding> (%s)", value);

	if ( c$http$capture_password )
		c$http$password = good ? parts[1] : plain;
	}

event http_header(c: connection, is_orig: bool, original_name: string, name: string, value: string) &priority=5
	{
	set_state(c, is_orig);

	if ( ! is_orig )
		return;

	switch ( name )
		{
		case "HOST":
			c$http$host = value;
			break;
		case "REFERER":
			c$http$referrer = value;
			break;
		case "RANGE":
			c$http$range_request = T;
			break;
		case "ORIGIN":
			c$http$origin = value;
			break;
		case "USER-AGENT":
			c$http$user_agent = value;
			break;
		case "AUTHORIZATION", "PROXY-AUTHORIZATION":
			set_credentials(c, value);
			break;
		default:
			if ( name in proxy_headers )
				{
				if ( ! c$http?$proxied )
					c$http$proxied = set();

				add c$http$proxied[fmt("%s -> %s", name, value)];
				}
			break;
		}
	}

event http_message_done(c: connection, is_orig: bool, stat: http_message_stat) &priority=5
	{
	set_state(c, is_orig);

	if ( is_orig )
		c$http$request_body_len = stat$body_length;
	else
		c$http$response_body_len = stat$body_length;
	}

event http_message_done(c: connection, is_orig: bool, stat: http_message_stat) &priority=-5
	{
	if ( is_orig || is_informational(c$http) )
		return;

	Log::write(HTTP::LOG, c$http);
	delete c$http_state$pending[c$http_state$current_response];
	}

hook finalize_http(c: connection)
	{
	if ( ! c?$http_state )
		return;

	for ( number, info in c$http_state$pending )
		{
		# Number 0 is of nothing.
		if ( number != 0 )
			Log::write(HTTP::LOG, info);
		}
	}
