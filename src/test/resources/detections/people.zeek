# People, programs and connections out of thin air: what each detection makes of them.
@load policy/detections
global serial = 0;

function conn(dst: addr, p: port, sent: count, at: time): connection
	{
	++serial;
	local id = conn_id($orig_h=10.0.0.1, $orig_p=40000/tcp, $resp_h=dst, $resp_p=p, $proto=6);
	local orig = endpoint($size=sent, $state=TCP_CLOSED, $num_pkts=3, $num_bytes_ip=sent, $flow_label=0);
	local resp = endpoint($size=10, $state=TCP_CLOSED, $num_pkts=3, $num_bytes_ip=10, $flow_label=0);
	return connection($id=id, $orig=orig, $resp=resp, $start_time=at, $duration=1sec, $service=set(), $history="ShADadFf",
	    $uid=fmt("C%d", serial));
	}

function who(user: string, uid: int, path: string, pid: int): Attribution::Candidate
	{
	return Attribution::Candidate($host="h1", $pid=pid, $path=path, $cmdline=path, $uid=uid, $user=user, $method="connect");
	}

const nobody = Attribution::Candidate($host="", $method="");
const begin = double_to_time(1700000000.0);


hook Notice::policy(n: Notice::Info)
	{
	print n$note, n$msg, n$sub;
	}

function each(c: connection, who: Attribution::Candidate) { event Detections::attributed(c, who, nobody); }

event zeek_init() &priority=-10
	{
	event Detections::name_row(osquery::ResultInfo($host="h1", $utype=osquery::SNAPSHOT), "laptop");

	# 4 + 2 MB to one address within the hour.
	each(conn(8.8.8.8, 443/tcp, 4000000, begin), who("eve", 1001, "/usr/bin/curl", 10));
	each(conn(8.8.8.8, 443/tcp, 2000000, begin), who("eve", 1001, "/usr/bin/curl", 10));
	each(conn(8.8.8.8, 443/tcp, 2000000, begin), who("eve", 1001, "/usr/bin/curl", 10));
	# To a machine inside, and by nobody known.
	each(conn(192.168.1.1, 443/tcp, 40000000, begin), who("eve", 1001, "/usr/bin/curl", 10));
	each(conn(8.8.8.9, 443/tcp, 40000000, begin), nobody);

	local i = 0;
	while ( i < 12 )
		{
		# Every minute, a little late; and at random.
		each(conn(9.9.9.9, 8443/tcp, 10, begin + i * 60sec + (i % 3) * 2sec), who("eve", 1001, "/tmp/x", 11));
		each(conn(9.9.9.10, 8443/tcp, 10, begin + i * i * 20sec), who("eve", 1001, "/usr/bin/firefox", 12));
		++i;
		}

	each(conn(7.7.7.7, 80/tcp, 10, begin), who("root", 0, "/usr/bin/curl", 13));
	each(conn(7.7.7.7, 53/udp, 10, begin), who("root", 0, "/usr/bin/dig", 13));
	each(conn(7.7.7.7, 80/tcp, 10, begin), who("root", 0, "/usr/lib/apt/methods/http", 13));

	# Known first by the host, and first by the network.
	event GoneExecutable::gone_row(osquery::ResultInfo($host="h1", $utype=osquery::ADD), 20, "/tmp/a", "a");
	each(conn(7.7.7.8, 80/tcp, 10, begin), who("eve", 1001, "/tmp/a", 20));
	each(conn(7.7.7.8, 80/tcp, 10, begin), who("eve", 1001, "/tmp/b", 21));
	event GoneExecutable::gone_row(osquery::ResultInfo($host="h1", $utype=osquery::ADD), 21, "/tmp/b", "b");
	event GoneExecutable::gone_row(osquery::ResultInfo($host="h1", $utype=osquery::ADD), 22, "/tmp/c", "c");
	}
