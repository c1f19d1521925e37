##! Adds the PPPoE session to conn.log.

@load base/protocols/conn

module Conn;

redef record Conn::Info += {
	## Session of the first packet; unset when that did not come by PPPoE.
	pppoe_session_id: count &log &optional;
};

event new_connection(c: connection)
	{
	local session = PacketAnalyzer::PPPoE::session_id();

	if ( session != 0xffffffff )
		c$conn$pppoe_session_id = session;
	}
