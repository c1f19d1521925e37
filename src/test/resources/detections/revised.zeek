# Connections whose hosts tell in parts: one of two at first, then who it was, then the same again, then someone else.
@load ./people

function likely(e: Attribution::Candidate): vector of Attribution::Candidate
	{
	local other = Attribution::Candidate($host=e$host, $pid=99, $path="/usr/bin/other", $cmdline="other", $uid=1099, $user="other",
	    $method="connect", $confidence=0.4);
	local same = copy(e);
	same$confidence = 0.4;
	return vector(other, same);
	}

const no_one: vector of Attribution::Candidate = vector();

function origin(c: connection, e: Attribution::Candidate)
	{
	event Attribution::connection_attributed(c, likely(e), no_one);
	event Attribution::connection_attributed(c, vector(e), no_one);
	event Attribution::connection_attributed(c, vector(e), no_one);
	local later = copy(e);
	later$pid = e$pid + 100;
	event Attribution::connection_attributed(c, vector(later), no_one);
	}

event zeek_init() &priority=-20
	{
	origin(conn(8.8.4.4, 443/tcp, 4000000, begin), who("ida", 1003, "/usr/bin/curl", 40));
	origin(conn(8.8.4.4, 443/tcp, 2000000, begin), who("ida", 1003, "/usr/bin/curl", 40));
	origin(conn(7.7.7.9, 80/tcp, 10, begin), who("root", 0, "/usr/bin/wget", 41));

	local i = 0;
	while ( i < 8 )
		{
		origin(conn(9.9.9.11, 8443/tcp, 10, begin + i * 60sec), who("ida", 1003, "/tmp/y", 42));
		++i;
		}

	# Both processes are gone, and one connection is told of one.
	event GoneExecutable::gone_row(osquery::ResultInfo($host="h1", $utype=osquery::ADD), 43, "/tmp/d", "d");
	event GoneExecutable::gone_row(osquery::ResultInfo($host="h1", $utype=osquery::ADD), 143, "/tmp/d", "d");
	origin(conn(7.7.7.10, 80/tcp, 10, begin), who("ida", 1003, "/tmp/d", 43));

	local served = conn(10.0.0.9, 8000/tcp, 10, begin);
	local server = who("ida", 1003, "/usr/bin/python3", 44);
	local moved = who("ida", 1003, "/usr/bin/php", 45);
	server$host = moved$host = "h9";
	event Attribution::connection_attributed(served, no_one, likely(server));
	event Attribution::connection_attributed(served, no_one, vector(server));
	event Attribution::connection_attributed(served, no_one, vector(moved));
	}
