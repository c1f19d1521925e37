##! The shipped matching of connections with hosts: what the engine's core makes of all that the hosts have told. What it
##! weighs, and what it cannot know, is told in docs/correlation.md.

@load ./attribution

module Attribution;

hook connection_attributing(c: connection, orig: vector of Candidate, resp: vector of Candidate)
	{
	local o = __candidates(c, T, network_time());
	local r = __candidates(c, F, network_time());

	for ( i in o )
		orig += o[i];

	for ( j in r )
		resp += r[j];
	}

event zeek_init()
	{
	__settings(least_confidence);
	}
