##! Pieces of capture filters.

module PacketFilter;

export {
	## A filter for a port.
	global port_to_bpf: function(p: port): string;

	## Two filters joined by *op*, ``and`` or ``or``; an empty one drops out.
	global combine_filters: function(lfilter: string, op: string, rfilter: string): string;

	## A filter that lets one of *num_parts* parts of all pairs of addresses through, the one numbered *this_part* from 0.
	global sampling_filter: function(num_parts: count, this_part: count): string;
}

function port_to_bpf(p: port): string
	{
	return fmt("%s and port %d", get_port_transport_proto(p), port_to_count(p));
	}

function combine_filters(lfilter: string, op: string, rfilter: string): string
	{
	if ( lfilter == "" || rfilter == "" )
		return lfilter + rfilter;

	return fmt("(%s) %s (%s)", lfilter, op, rfilter);
	}

# Sums the last two bytes of both addresses, *field* and *other* by their place in the header, and takes the rest of a division.
function rest_filter(proto: string, field: count, other: count, parts: count, part: count): string
	{
	local sum = fmt("(%s[%d:2]+%s[%d:2])", proto, field, proto, other);
	return fmt("%s and (%s - (%d*(%s/%d)) == %d)", proto, sum, parts, sum, parts, part);
	}

function sampling_filter(num_parts: count, this_part: count): string
	{
	return combine_filters(rest_filter("ip", 14, 18, num_parts, this_part), "or",
		rest_filter("ip6", 22, 38, num_parts, this_part));
	}
