##! Warns once when so many checksums are wrong that the network card rather than the network must have left them so.

@load base/frameworks/reporter

module ChecksumOffloading;

export {
	## When to look first; again after as long while there are too few packets to tell.
	const check_interval = 10secs &redef;
}

const telling_share = 0.05;
const telling_packets = 20;

# By protocol, in the order of the message.
global wrong: table[string] of count = { ["IP"] = 0, ["TCP"] = 0, ["UDP"] = 0 } &ordered;
global warned = F;

function warn(where: string, protocols: string)
	{
	warned = T;
	Reporter::warning(fmt("Your %s invalid %s checksums, most likely from NIC checksum offloading.  By default, packets with invalid checksums are discarded by Zeek unless using the -C command-line option or toggling the 'ignore_checksums' variable.  Alternatively, disable checksum offloading by the network adapter to ensure Zeek analyzes the actual checksums that are transmitted.",
	                      where, protocols));
	}

event ChecksumOffloading::check()
	{
	if ( warned )
		return;

	local packets = get_net_stats()$pkts_recvd;
	local found: vector of string = vector();
	local telling = F;

	for ( protocol, n in wrong )
		{
		if ( n == 0 || packets == 0 )
			next;

		found += protocol;

		if ( n > telling_share * packets )
			telling = T;
		}

	if ( telling )
		warn(reading_traces() ? "trace file likely has" : "interface is likely receiving", join_string_vec(found, " and "));
	else if ( packets < telling_packets )
		schedule check_interval { ChecksumOffloading::check() };
	}

event zeek_init()
	{
	schedule check_interval { ChecksumOffloading::check() };
	}

event net_weird(name: string, addl: string)
	{
	if ( name == "bad_IP_checksum" )
		++wrong["IP"];
	}

event conn_weird(name: string, c: connection, addl: string)
	{
	if ( name == "bad_TCP_checksum" )
		++wrong["TCP"];
	else if ( name == "bad_UDP_checksum" )
		++wrong["UDP"];
	}

event zeek_done()
	{
	event ChecksumOffloading::check();
	}
