##! Root talks to the outside: programs that need to are few, and can be named.

@load ./common

module RootOutside;

export {
	redef enum Notice::Type += {
		## A process of root connected to an address outside.
		Root_Outside
	};

	## Programs that may.
	option allowed = /.*\/(apt|apt-get|dnf|yum|zypper|unattended-upgrade|snapd|chronyd|ntpd|systemd-timesyncd|systemd-resolved|NetworkManager|named|unbound|dnsmasq|sshd|osqueryd)$/ | /.*\/apt\/methods\/.*/;

	## Ports that root may talk to anyway.
	option allowed_ports: set[port] = { 53/udp, 53/tcp, 123/udp };
}

event Detections::attributed(c: connection, orig: Attribution::Candidate, resp: Attribution::Candidate)
	{
	if ( ! orig?$uid || orig$uid != 0 || ! orig?$path || Detections::is_inside(c$id$resp_h) )
		return;

	if ( allowed == orig$path || c$id$resp_p in allowed_ports || ! Detections::once(Root_Outside, c) )
		return;

	NOTICE([$note=Root_Outside, $conn=c,
	    $msg=fmt("root on %s talks to %s", Detections::host_name(orig$host), c$id$resp_h),
	    $sub=Detections::process(orig),
	    $identifier=fmt("%s %s %s", orig$host, orig$path, c$id$resp_h), $suppress_for=1day]);
	}
