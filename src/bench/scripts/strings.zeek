# Inserts into a table of strings whose keys are put together, then looks each up.
const n: count = 0 &redef;
global seen: table[string] of count;

event zeek_init()
	{
	local i = 0;
	while ( i < n )
		{
		seen[cat("key ", i)] = i;
		++i;
		}
	i = 0;
	local hits = 0;
	while ( i < n )
		{
		local key = cat("key ", i);
		if ( key in seen )
			hits += seen[key];
		++i;
		}
	print hits, |seen|;
	}
