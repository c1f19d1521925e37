##! Names of the hosts' users.

@load ./addresses

module osquery;

export {
	## Empty when it is not known.
	global getUserName: function(host_id: string, uid: int): string;
}

global user_names: table[string, int] of string = table();

function getUserName(host_id: string, uid: int): string
	{
	return [host_id, uid] in user_names ? user_names[host_id, uid] : "";
	}

event osquery::user_gone(host_id: string, uid: int, name: string, told: time)
	{
	if ( ! is_early(told) && getUserName(host_id, uid) == name )
		delete user_names[host_id, uid];
	}

event osquery::user_row(info: ResultInfo, uid: int, username: string)
	{
	if ( info$utype == REMOVE )
		schedule state_removal_delay { osquery::user_gone(info$host, uid, username, network_time()) };
	else
		user_names[info$host, uid] = username;
	}

event zeek_init()
	{
	subscribe(Query($ev=user_row, $utype=BOTH, $inter=correlation_interval, $query="SELECT uid, username FROM users"));
	}
