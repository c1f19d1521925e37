##! osq-users.log: accounts of the hosts.

@load ../main

module OsqueryUsers;

export {
	redef enum Log::ID += { LOG };

	type OsqueryUsers::Info: record {
		t: time &log;
		host: string &log;
		uid: int &log;
		gid: int &log;
		uid_signed: int &log;
		gid_signed: int &log;
		username: string &log;
		description: string &log;
		directory: string &log;
		shell: string &log;
		uuid: string &log;
	};

	global row: event(info: osquery::ResultInfo, uid: int, gid: int, uid_signed: int, gid_signed: int, username: string,
	    description: string, directory: string, shell: string, uuid: string);
}

event row(info: osquery::ResultInfo, uid: int, gid: int, uid_signed: int, gid_signed: int, username: string,
    description: string, directory: string, shell: string, uuid: string)
	{
	if ( info$utype != osquery::ADD )
		return;

	Log::write(LOG, Info($t=network_time(), $host=info$host, $uid=uid, $gid=gid, $uid_signed=uid_signed,
	    $gid_signed=gid_signed, $username=username, $description=description, $directory=directory, $shell=shell,
	    $uuid=uuid));
	}

event zeek_init()
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $path="osq-users"));

	osquery::subscribe(osquery::Query($ev=row, $query="SELECT uid,gid,uid_signed,gid_signed,username,description,directory,shell,uuid FROM users"));
	}
