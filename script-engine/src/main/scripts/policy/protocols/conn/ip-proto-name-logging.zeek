##! Adds the name of the IP protocol to conn.log.

@load base/protocols/conn

module Conn;

redef record Conn::Info += {
	## As :zeek:id:`IP::protocol_names` has it.
	ip_proto_name: string &log &optional;
};

event new_connection(c: connection) &priority=5
	{
	if ( c$conn?$ip_proto && c$conn$ip_proto in IP::protocol_names )
		c$conn$ip_proto_name = IP::protocol_names[c$conn$ip_proto];
	}
