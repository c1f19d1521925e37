# Texts made by fmt.
const n: count = 0 &redef;

event zeek_init()
	{
	local i = 0;
	local length = 0;
	while ( i < n )
		{
		length += |fmt("%s is number %d of %.1f", "this", i, 2.5)|;
		++i;
		}
	print length;
	}
