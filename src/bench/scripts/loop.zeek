# Turns of a loop over locals.
const n: count = 0 &redef;

event zeek_init()
	{
	local i = 0;
	local sum = 0;
	while ( i < n )
		{
		sum += i % 3;
		++i;
		}
	print sum;
	}
