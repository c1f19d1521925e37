##! Which way a connection goes, and which hosts are meant.

@load ./site

type Direction: enum {
	## From outside to one's own network.
	INBOUND,
	## From one's own network to outside.
	OUTBOUND,
	## Either.
	BIDIRECTIONAL,
	## None: turns things off.
	NO_DIRECTION
};

type Host: enum {
	LOCAL_HOSTS,
	REMOTE_HOSTS,
	ALL_HOSTS,
	NO_HOSTS
};

## Whether a connection crosses the border in that direction.
function id_matches_direction(id: conn_id, d: Direction): bool
	{
	local from_inside = Site::is_local_addr(id$orig_h);
	local to_inside = Site::is_local_addr(id$resp_h);

	if ( from_inside == to_inside || d == NO_DIRECTION )
		return F;

	return d == BIDIRECTIONAL || (d == OUTBOUND) == from_inside;
	}

## Whether an address is one of those meant.
function addr_matches_host(ip: addr, h: Host): bool
	{
	if ( h == ALL_HOSTS || h == NO_HOSTS )
		return h == ALL_HOSTS;

	return (h == LOCAL_HOSTS) == Site::is_local_addr(ip);
	}
