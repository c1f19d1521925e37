##! Adds the Community ID to conn.log: a hash of a flow that other tools compute in the same way.

@load base/protocols/conn

module CommunityID;

export {
	## Goes into the hash; tools agree only if they use the same.
	option seed: count = 0;

	## Base64 rather than hexadecimal digits.
	option do_base64 = T;
}

redef record Conn::Info += {
	community_id: string &log &optional;
};

event new_connection(c: connection) &priority=5
	{
	c$conn$community_id = community_id_v1(c$id, seed, do_base64);
	}
