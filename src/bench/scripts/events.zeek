# Events with three handlers each, on the record of a connection. Needs a trace of 1000 connections; n is for each.
const n: count = 0 &redef;
global by_host: table[addr] of count &default=0;
global by_service: table[addr, port] of count &default=0;

redef record connection += {
	ticks: count &default=0;
};

event tick(c: connection, i: count)
	{
	++by_host[c$id$orig_h];
	}

event tick(c: connection, i: count)
	{
	++by_service[c$id$resp_h, c$id$resp_p];
	}

event tick(c: connection, i: count)
	{
	c$ticks += i;
	}

event new_connection(c: connection)
	{
	local i = 0;
	while ( i < n )
		{
		event tick(c, i);
		++i;
		}
	}

event zeek_done()
	{
	print |by_host|, |by_service|;
	}
