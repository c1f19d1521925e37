##! The same with a prototype, in one module, with both kinds of change and a cookie; and a question asked once when a host
##! comes.

@load osquery

module Watch;

export {
	global user_row: event(resultInfo: osquery::ResultInfo, uid: int, username: string);
}

event Watch::user_row(resultInfo: osquery::ResultInfo, uid: int, username: string)
	{
	print fmt("%s %s: %d is %s", resultInfo$utype, resultInfo$cookie, uid, username);
	}

event Watch::snapshot_row(resultInfo: osquery::ResultInfo, users: count)
	{
	print fmt("%s: %d users", resultInfo$utype, users);
	}

event osquery::host_connected(host_id: string) &priority=-10
	{
	osquery::execute([$ev=Watch::snapshot_row, $query="SELECT COUNT(*) AS users FROM users"], host_id);
	}

event bro_init() &priority=-5
	{
	local ev = [$ev=Watch::user_row, $query="SELECT uid,username FROM users", $utype=osquery::BOTH, $inter=5, $cookie="c"];
	osquery::subscribe(ev, "h1");
	}

event bro_done()
	{
	print "done";
	}
