# Calls: the 30th Fibonacci number takes 1,346,269 of them. n is how often it is computed.
const n: count = 0 &redef;

function fib(x: count): count
	{
	if ( x < 2 )
		return x;
	return fib(x - 1) + fib(x - 2);
	}

event zeek_init()
	{
	local i = 0;
	while ( i < n )
		{
		fib(30);
		++i;
		}
	}
