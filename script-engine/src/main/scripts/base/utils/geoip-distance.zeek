##! How far apart addresses are.

## Miles between two addresses by :zeek:id:`lookup_location`; -1 when one of them is nowhere known.
function haversine_distance_ip(a1: addr, a2: addr): double
	{
	local one = lookup_location(a1);
	local two = lookup_location(a2);

	if ( ! one?$latitude || ! one?$longitude || ! two?$latitude || ! two?$longitude )
		return -1.0;

	return haversine_distance(one$latitude, one$longitude, two$latitude, two$longitude);
	}
