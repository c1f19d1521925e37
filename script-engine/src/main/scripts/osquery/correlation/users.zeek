##! Names of the hosts' users.

@load ./addresses

module osquery;

export {
	## Empty when it is not known.
	global getUserName: function(host_id: string, uid: int): string;
}

function getUserName(host_id: string, uid: int): string
	{
	return __user_name(host_id, uid);
	}

event osquery::user_gone(host_id: string, uid: int, name: string, told: time)
	{
	if ( ! is_early(told) )
		__user(host_id, uid, name, T);
	}

event osquery::user_row(info: ResultInfo, uid: int, username: string)
	{
	row_told(info);

	if ( info$utype == REMOVE )
		schedule state_removal_delay { osquery::user_gone(info$host, uid, username, network_time()) };
	else
		__user(info$host, uid, username, F);
	}

event zeek_init()
	{
	subscribe(Query($ev=user_row, $utype=BOTH, $inter=correlation_interval, $query="SELECT uid, username FROM users"));
	}
