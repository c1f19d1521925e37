##! A host listens where nobody said that it should, and someone from elsewhere reached it there.

@load ./common

module ListeningService;

export {
	redef enum Notice::Type += {
		## A service that nobody declared was reached.
		Undeclared_Service
	};

	## Ports that may be listened on everywhere.
	option declared: set[port] = { 22/tcp };

	## Ports that hosts of some networks may listen on besides.
	option declared_at: table[subnet] of set[port] = {};

	## Programs that may listen anywhere.
	option allowed = /^$/;

	## Services that call their clients back, at a port on which the client listens for that alone (FTP, RFC 959): what
	## the process that called them takes from them is no service.
	option control_ports: set[port] = { 21/tcp };
}

# Connections to such services, from when they begin to a while after their ends, by client and server.
global controls: table[addr, addr] of connection = table() &write_expire=1day;

event connection_established(c: connection)
	{
	if ( c$id$resp_p in control_ports && osquery::isMonitored(c$id$orig_h) )
		controls[c$id$orig_h, c$id$resp_h] = c;
	}

# Whether a connection is one that its responder's process asked for.
function is_called_back(c: connection, resp: Attribution::Candidate): bool
	{
	if ( [c$id$resp_h, c$id$orig_h] !in controls )
		return F;

	local caller = Attribution::agreed(Attribution::lookup(controls[c$id$resp_h, c$id$orig_h])$orig);
	return resp?$pid && caller?$pid && caller$host == resp$host && caller$pid == resp$pid;
	}

function is_declared(a: addr, p: port): bool
	{
	if ( p in declared )
		return T;

	for ( net, ports in declared_at )
		if ( a in net && p in ports )
			return T;

	return F;
	}

event Detections::attributed(c: connection, orig: Attribution::Candidate, resp: Attribution::Candidate)
	{
	# Only what answered: a closed port is no service.
	if ( resp$host == "" || ! resp?$path || c$resp$num_pkts == 0 || orig$host == resp$host )
		return;

	if ( get_port_transport_proto(c$id$resp_p) != tcp || c$resp$state == TCP_RESET && c$resp$size == 0 )
		return;

	if ( is_declared(c$id$resp_h, c$id$resp_p) || allowed == resp$path || is_called_back(c, resp) )
		return;

	if ( ! Detections::once(Undeclared_Service, c) )
		return;

	NOTICE([$note=Undeclared_Service, $conn=c,
	    $msg=fmt("%s listens on %s, and %s reached it", Detections::host_name(resp$host), c$id$resp_p, c$id$orig_h),
	    $sub=fmt("%s; %s", Detections::who(resp), Detections::process(resp)),
	    $identifier=fmt("%s %s", resp$host, c$id$resp_p), $suppress_for=1day]);
	}
