##! unknown_protocols.log: what decoders met in packets and have no name for.

module UnknownProtocol;

export {
	redef enum Log::ID += { LOG };

	## Decides which rows are written.
	global log_policy: Log::PolicyHook;

	type UnknownProtocol::Info: record {
		ts: time &log;
		## The decoder that met it.
		analyzer: string &log;
		## The protocol's number, in hexadecimal digits.
		protocol_id: string &log;
		protocol_id_num: count;
		## The first bytes behind the last known header, as hexadecimal digits.
		first_bytes: string &log;
		## The decoders before, outermost first.
		analyzer_history: vector of string &log;
	};
}

event zeek_init() &priority=5
	{
	Log::create_stream(UnknownProtocol::LOG, Log::Stream($columns=Info, $path="unknown_protocols", $policy=log_policy));
	}

event unknown_protocol(analyzer_name: string, protocol: count, first_bytes: string, analyzer_history: string_vec)
	{
	Log::write(UnknownProtocol::LOG, Info($ts=network_time(), $analyzer=analyzer_name,
		$protocol_id=fmt("0x%x", protocol), $protocol_id_num=protocol,
		$first_bytes=bytestring_to_hexstr(first_bytes), $analyzer_history=analyzer_history));
	}
