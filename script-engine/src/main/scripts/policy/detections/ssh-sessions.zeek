##! Login sessions at the hosts' SSH servers, and which processes run in them.
##!
##! sshd makes one process for each connection it accepts; all that runs in the session descends from that one.

@load osquery

module SSHChain;

export {
	## Programs that are SSH daemons, by the last part of their path: one, or several as since OpenSSH 9.8.
	option daemons = /(^|.*\/)sshd(-session|-auth)?$/;
}

module SSHSessions;

export {
	type SSHSessions::Session: record {
		host: string;
		## The process that sshd made for the connection.
		pid: int;
		## The host's clock.
		since: time;
	};

	## The session that a process runs in; one element or none.
	global of_process: function(host: string, pid: int): vector of Session;

	## A host's sessions, in the order in which they began.
	global of_host: function(host: string): vector of Session;

	## Sessions that are remembered of one host.
	const most_sessions = 1000 &redef;
}

global listeners: set[string, int] &create_expire=30days;
global members: table[string, int] of Session &read_expire=1day;
global by_host: table[string] of vector of Session;

function of_process(host: string, pid: int): vector of Session
	{
	return [host, pid] in members ? vector(members[host, pid]) : vector();
	}

function of_host(host: string): vector of Session
	{
	return host in by_host ? by_host[host] : vector();
	}

function begin(host: string, p: osquery::ProcessInfo)
	{
	local s = Session($host=host, $pid=p$pid, $since=p$since);
	members[host, p$pid] = s;
	local all = of_host(host);

	if ( |all| >= most_sessions )
		all = all[most_sessions / 2:];

	all += s;
	by_host[host] = all;
	}

event osquery::process_seen(host_id: string, process: osquery::ProcessInfo)
	{
	local is_daemon = SSHChain::daemons == process$path;

	if ( [host_id, process$parent] in members )
		members[host_id, process$pid] = members[host_id, process$parent];
	else if ( is_daemon && [host_id, process$parent] in listeners )
		{
		# It is told of several times: made, executed anew, found running.
		if ( [host_id, process$pid] !in members )
			begin(host_id, process);
		}
	else
		{
		# A number that is used again.
		delete members[host_id, process$pid];

		if ( is_daemon )
			add listeners[host_id, process$pid];
		else
			delete listeners[host_id, process$pid];
		}
	}
