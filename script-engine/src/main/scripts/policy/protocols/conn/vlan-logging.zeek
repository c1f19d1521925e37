##! Adds the VLANs of a connection to conn.log.

@load base/protocols/conn

module Conn;

redef record Conn::Info += {
	## Outer VLAN.
	vlan: int &log &optional;
	## Inner VLAN of a double tag.
	inner_vlan: int &log &optional;
};

event connection_state_remove(c: connection)
	{
	if ( c?$vlan )
		c$conn$vlan = c$vlan;

	if ( c?$inner_vlan )
		c$conn$inner_vlan = c$inner_vlan;
	}
