##! osq-mounts.log: file systems as they are mounted.

@load ../main

module OsqueryMounts;

export {
	redef enum Log::ID += { LOG };

	type OsqueryMounts::Info: record {
		t: time &log;
		host: string &log;
		device: string &log;
		device_alias: string &log;
		path: string &log;
		## Of the file system.
		typ: string &log;
		blocks_size: int &log;
		blocks: int &log;
		flags: string &log;
	};

	global row: event(info: osquery::ResultInfo, device: string, device_alias: string, path: string, typ: string,
	    blocks_size: int, blocks: int, flags: string);
}

event row(info: osquery::ResultInfo, device: string, device_alias: string, path: string, typ: string, blocks_size: int,
    blocks: int, flags: string)
	{
	if ( info$utype != osquery::ADD )
		return;

	Log::write(LOG, Info($t=network_time(), $host=info$host, $device=device, $device_alias=device_alias, $path=path,
	    $typ=typ, $blocks_size=blocks_size, $blocks=blocks, $flags=flags));
	}

event zeek_init()
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $path="osq-mounts"));

	osquery::subscribe(osquery::Query($ev=row, $query="SELECT device,device_alias,path,type,blocks_size,blocks,flags FROM mounts"));
	}
