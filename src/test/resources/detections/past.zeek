# What a user usually sends is learnt, then something else happens.
@load ./people

redef Exfiltration::period = 1sec;
redef table_expire_interval = 20msec;
redef exit_only_after_terminate = T;

event later()
	{
	# Ten times of two millions is usual enough; fifteen times is not; fifteen times to where one sends anyway is.
	each(conn(8.8.1.1, 443/tcp, 18000000, begin), who("ann", 1002, "/usr/bin/rsync", 30));
	each(conn(8.8.0.1, 443/tcp, 30000000, begin), who("ann", 1002, "/usr/bin/rsync", 30));
	each(conn(8.8.1.2, 443/tcp, 30000000, begin), who("ann", 1002, "/usr/bin/rsync", 30));
	terminate();
	}

event zeek_init()
	{
	local i = 0;

	while ( i < 25 )
		{
		each(conn(count_to_v4_addr(134742016 + i), 443/tcp, 2000000, begin), who("ann", 1002, "/usr/bin/rsync", 30));
		++i;
		}

	schedule 3sec { later() };
	}
