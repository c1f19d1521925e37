##! Addresses as text.

module GLOBAL;

export {
	## A number from 0 to 255.
	const ipv4_decim = /[0-9]{1}|[0-9]{2}|0[0-9]{2}|1[0-9]{2}|2[0-4][0-9]|25[0-5]/;

	## An IPv4 address.
	const ipv4_addr_regex = ipv4_decim & /\./ & ipv4_decim & /\./ & ipv4_decim & /\./ & ipv4_decim;

	## One group of an IPv6 address.
	const ipv6_hextet = /[0-9A-Fa-f]{1,4}/;

	## An IPv6 address with all its groups.
	const ipv6_8hex_regex = /([0-9A-Fa-f]{1,4}:){7}/ & ipv6_hextet;

	## One that ends in an IPv4 address.
	const ipv6_hex4dec_regex = /([0-9A-Fa-f]{1,4}:){6}/ & ipv4_addr_regex;

	## One with groups left out: so many before ``::``, at most so many behind.
	const ipv6_compressed_hex_regex =
		/::([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,6})?/ |
		/[0-9A-Fa-f]{1,4}::([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,5})?/ |
		/[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){1}::([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,4})?/ |
		/[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){2}::([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,3})?/ |
		/[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){3}::([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,2})?/ |
		/[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){4}::([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,1})?/ |
		/[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){5}::([0-9A-Fa-f]{1,4})?/ |
		/[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){6}::/;

	## The same with an IPv4 address at its end.
	const ipv6_compressed_hex4dec_regex =
		/::([0-9A-Fa-f]{1,4}:){0,5}/ & ipv4_addr_regex |
		/[0-9A-Fa-f]{1,4}::([0-9A-Fa-f]{1,4}:){0,4}/ & ipv4_addr_regex |
		/[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){1}::([0-9A-Fa-f]{1,4}:){0,3}/ & ipv4_addr_regex |
		/[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){2}::([0-9A-Fa-f]{1,4}:){0,2}/ & ipv4_addr_regex |
		/[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){3}::([0-9A-Fa-f]{1,4}:){0,1}/ & ipv4_addr_regex |
		/[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){4}::/ & ipv4_addr_regex;

	## An IPv6 address.
	const ipv6_addr_regex = ipv6_8hex_regex | ipv6_compressed_hex_regex | ipv6_hex4dec_regex | ipv6_compressed_hex4dec_regex;

	## An address.
	const ip_addr_regex = ipv4_addr_regex | ipv6_addr_regex;

	## Whether none of the numbers is above 255.
	global has_valid_octets: function(octets: string_vec): bool;

	## The addresses in a text, in order.
	##
	## check_wrapping: only those that stand alone, in brackets, braces, parentheses or between blanks.
	global extract_ip_addresses: function(input: string, check_wrapping: bool &default=F): string_vec;

	## As in a URI: IPv6 in brackets.
	global addr_to_uri: function(a: addr): string;

	## Small letters with colons between; empty when it is no MAC address of 6 or 8 bytes.
	global normalize_mac: function(a: string): string;
}

function has_valid_octets(octets: string_vec): bool
	{
	for ( i in octets )
		if ( to_count(octets[i]) > 255 )
			return F;

	return T;
	}

# Whether what is before and behind a piece of text encloses it.
function stands_alone(before: string, behind: string): bool
	{
	if ( before == "" || behind == "" )
		return before == behind;

	return cat(before[-1], behind[0]) in set("[]", "()", "{}", "  ");
	}

function extract_ip_addresses(input: string, check_wrapping: bool &default=F): string_vec
	{
	local found: string_vec = vector();

	# Odd pieces are what matched, even ones lie between.
	local pieces = split_string_all(input, ip_addr_regex);

	for ( i in pieces )
		{
		if ( i % 2 == 0 || ! is_valid_ip(pieces[i]) )
			next;

		if ( ! check_wrapping || (i + 1 < |pieces| && stands_alone(pieces[i - 1], pieces[i + 1])) )
			found += pieces[i];
		}

	return found;
	}

function addr_to_uri(a: addr): string
	{
	return is_v4_addr(a) ? cat(a) : cat("[", a, "]");
	}

function normalize_mac(a: string): string
	{
	local digits = to_lower(gsub(a, /[^0-9A-Fa-f]/, ""));

	if ( |digits| == 12 )
		return join_string_vec(str_split_indices(digits, vector(2, 4, 6, 8, 10)), ":");

	if ( |digits| == 16 )
		return join_string_vec(str_split_indices(digits, vector(2, 4, 6, 8, 10, 12, 14)), ":");

	return "";
	}
