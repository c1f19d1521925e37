# Searches for a pattern in a text of 56 bytes, which has it at its end.
const n: count = 0 &redef;

event zeek_init()
	{
	local texts = vector("GET /index.html HTTP/1.1 Host: www.example.com agent=one", "GET /index.html HTTP/1.1 Host: www.example.com agent=two");
	local i = 0;
	local hits = 0;
	while ( i < n )
		{
		if ( /agent=(one|three)/ in texts[i % 2] )
			++hits;
		++i;
		}
	print hits;
	}
