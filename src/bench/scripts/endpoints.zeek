# Steps on a table of address and port: a fifth of them inserts.
const n: count = 0 &redef;
global seen: table[addr, port] of count;

event zeek_init()
	{
	local i = 0;
	local hits = 0;
	while ( i < n )
		{
		local host = count_to_v4_addr(167772160 + i % 100003);
		local service = count_to_port(i % 4 + 1, tcp);
		if ( [host, service] in seen )
			hits += seen[host, service];
		else
			seen[host, service] = 1;
		++i;
		}
	print hits, |seen|;
	}
