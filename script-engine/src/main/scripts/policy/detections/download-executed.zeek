##! A file that came over the network is run on the host that it came to. The file's hash is taken from the traffic; when a
##! program starts that looks like it, the host is asked for the hash of that program.

@load ./common
@load base/frameworks/files
@load base/files/hash
@load base/protocols/http

module DownloadExecuted;

export {
	redef enum Notice::Type += {
		## A downloaded file was executed: ``confirmed`` by its hash, or ``unconfirmed`` by name, host and time.
		Download_Executed
	};

	## How long a download is remembered.
	const memory = 1day &redef;

	## Programs in folders like these are asked about whatever they are called, when their host downloaded something
	## before: a file may be renamed.
	option folders = /^\/home\// | /^\/root\// | /^\/(var\/)?tmp\// | /^\/dev\/shm\// | /^\/Users\// | /^[A-Za-z]:\\Users\\/;

	## Folders that only the system's own packages write: a program there has the name of a download by chance, as ``date``
	## or ``login`` have that of many a page. Asked about never.
	option system_folders = /^\/(usr\/)?(s?bin|lib(32|64|exec)?)\/|^\/(System|Library)\/|^[A-Za-z]:\\Windows\\/;

	## Programs that run the script that is their first argument.
	option interpreters = /(^|.*\/)((ba|da|z|k)?sh|python[0-9.]*|perl|ruby|node|php[0-9.]*)$/;

	## Networks whose files may be run: mirrors of packages and updates.
	option allowed: set[subnet] = {};

	## Types of content that nobody runs.
	option ignored_types = /^(image|audio|video|font)\/|^text\/(css|html)$/;

	## How long the host's answer is waited for before the notice says ``unconfirmed``. Hosts fetch questions once a
	## minute.
	const answer_wait = 3min &redef;

	## How far the host's clock may be behind.
	option clock_tolerance = 10secs;

	## The answer of a host.
	global hash_row: event(info: osquery::ResultInfo, path: string, md5: string, sha1: string, sha256: string);

	## The host has not answered in time.
	global gave_up: event(host: string, path: string);
}

type Download: record {
	uid: string;
	fuid: string;
	# The last part of the address that it came from; empty when there is none.
	name: string;
	url: string;
	source: addr;
	size: count;
	# When it was complete.
	at: time;
	md5: string &default="";
	sha1: string &default="";
	sha256: string &default="";
};

# Downloads that one host may have.
const most_downloads = 1000;

global downloads: table[string] of vector of Download = table() &write_expire=memory;

# A program that looks like a download, and waits for its hash.
type Suspect: record {
	process: osquery::ProcessInfo;
	# What runs: the process's own file, or the script that it was given.
	path: string;
	# The download of the same name; none when only the folder says so.
	namesake: Download &optional;
};

global suspects: table[string, string] of Suspect = table() &create_expire=answer_wait + 1min;

# Paths that a host was asked about: not again before something new came.
global asked: table[string, string] of time = table() &create_expire=1hr;

function last_part(path: string): string
	{
	local parts = split_string(path, /[\/\\]/);
	return parts[|parts| - 1];
	}

# The file's name in the address that it was fetched from.
function name_of(f: fa_file): string
	{
	if ( f?$info && f$info?$filename )
		return last_part(f$info$filename);

	if ( f?$http && f$http?$uri )
		return last_part(split_string1(f$http$uri, /[?#]/)[0]);

	return "";
	}

function url_of(f: fa_file): string
	{
	return f?$http ? HTTP::build_url_http(f$http) : f$source;
	}

function sender(id: conn_id, is_orig: bool): addr
	{
	return is_orig ? id$orig_h : id$resp_h;
	}

function receiver(id: conn_id, is_orig: bool): addr
	{
	return is_orig ? id$resp_h : id$orig_h;
	}

event file_over_new_connection(f: fa_file, c: connection, is_orig: bool)
	{
	if ( sender(c$id, is_orig) in allowed )
		return;

	# A shard of a replay may be ahead of who knows the hosts.
	local knows_hosts = osquery::has_hosts || ! reading_traces();

	if ( knows_hosts && |Hosts::by_address(receiver(c$id, is_orig))| == 0 )
		return;

	Files::add_analyzer(f, Files::ANALYZER_MD5);
	Files::add_analyzer(f, Files::ANALYZER_SHA1);
	Files::add_analyzer(f, Files::ANALYZER_SHA256);
	}

function keep(a: addr, d: Download)
	{
	for ( host in Hosts::by_address(a) )
		{
		if ( host !in downloads )
			downloads[host] = vector();

		local kept = downloads[host];

		if ( |kept| >= most_downloads )
			kept = kept[|kept| / 2:];

		kept += d;
		downloads[host] = kept;
		}
	}

# A file has come to an address, as another shard saw.
event DownloadExecuted::came(a: addr, d: Download)
	{
	keep(a, d);
	}

event file_state_remove(f: fa_file)
	{
	if ( ! f?$conns || ! f?$info || f$seen_bytes == 0 )
		return;

	if ( f$info?$mime_type && ignored_types in f$info$mime_type )
		return;

	for ( id, c in f$conns )
		{
		local is_orig = f?$is_orig && f$is_orig;
		local d = Download($uid=c$uid, $fuid=f$id, $name=name_of(f), $url=url_of(f),
		    $source=sender(id, is_orig), $size=f$seen_bytes, $at=network_time());

		if ( d$source in allowed )
			next;

		if ( f$missing_bytes == 0 )
			{
			if ( f$info?$md5 )
				d$md5 = f$info$md5;

			if ( f$info?$sha1 )
				d$sha1 = f$info$sha1;

			if ( f$info?$sha256 )
				d$sha256 = f$info$sha256;
			}

		if ( osquery::has_hosts )
			keep(receiver(id, is_orig), d);
		else
			Cluster::publish(Attribution::topic, DownloadExecuted::came, receiver(id, is_orig), d);
		}
	}

# What a process runs: its own file, or of an interpreter the script that it was given. Empty for one that reads its
# program from the command line, a module or a terminal, and for the system's own.
function file_of(p: osquery::ProcessInfo): string
	{
	if ( interpreters != p$path )
		return system_folders in p$path ? "" : p$path;

	for ( i, word in split_string(p$cmdline, /[ \t]+/) )
		{
		if ( i == 0 )
			next;

		if ( word == /-[a-zA-Z]*[cem]/ )
			return "";

		if ( word != /-.*/ )
			return system_folders in word ? "" : word;
		}

	return "";
	}

function tell(host: string, suspect: Suspect, d: Download, confirmed: bool)
	{
	local p = suspect$process;
	local state = confirmed ? "confirmed" : "unconfirmed";
	local end = Attribution::Candidate($host=host, $pid=p$pid, $path=p$path, $cmdline=p$cmdline, $method=state);

	if ( p$uid >= 0 )
		{
		end$uid = p$uid;
		end$user = osquery::getUserName(host, p$uid);
		}

	NOTICE([$note=Download_Executed, $uid=d$uid, $fuid=d$fuid, $src=d$source, $n=d$size,
	    $msg=fmt("%s runs %s, downloaded from %s (%s)", Detections::who(end), suspect$path, d$url, state),
	    $sub=fmt("%s; %d bytes%s", Detections::process(end), d$size, d$sha256 == "" ? "" : "; sha256 " + d$sha256),
	    $identifier=fmt("%s %s %s %s", host, suspect$path, d$url, state), $suppress_for=1day]);
	}

event osquery::process_seen(host_id: string, p: osquery::ProcessInfo)
	{
	if ( host_id !in downloads )
		return;

	local path = file_of(p);

	if ( path == "" )
		return;

	local name = last_part(path);
	local suspect = Suspect($process=p, $path=path);
	local newest = double_to_time(0.0);

	for ( i, d in downloads[host_id] )
		{
		# What ran before is not what came then.
		if ( p$since + clock_tolerance < d$at )
			next;

		newest = d$at;

		if ( d$name != "" && d$name == name )
			suspect$namesake = d;
		}

	if ( newest == double_to_time(0.0) || (! suspect?$namesake && folders !in path) )
		return;

	if ( [host_id, path] in asked && asked[host_id, path] >= newest )
		return;

	asked[host_id, path] = newest;
	suspects[host_id, path] = suspect;
	osquery::execute(osquery::Query($ev=hash_row, $cookie="download-executed " + path,
	    $query="SELECT path, md5, sha1, sha256 FROM hash WHERE path = " + osquery::literal(path)), host_id);
	schedule answer_wait { DownloadExecuted::gave_up(host_id, path) };
	}

event hash_row(info: osquery::ResultInfo, path: string, md5: string, sha1: string, sha256: string)
	{
	if ( [info$host, path] !in suspects || info$host !in downloads )
		return;

	# A hash says more than a name: with one, either it is a download or it is not.
	local suspect = suspects[info$host, path];
	delete suspects[info$host, path];

	for ( i, d in downloads[info$host] )
		if ( (d$sha256 != "" && d$sha256 == sha256) || (d$sha1 != "" && d$sha1 == sha1) || (d$md5 != "" && d$md5 == md5) )
			{
			tell(info$host, suspect, d, T);
			return;
			}

	# The file came with gaps: its hash could not be taken.
	if ( suspect?$namesake && suspect$namesake$sha256 == "" )
		tell(info$host, suspect, suspect$namesake, F);
	}

event gave_up(host: string, path: string)
	{
	if ( [host, path] !in suspects )
		return;

	local suspect = suspects[host, path];
	delete suspects[host, path];

	if ( suspect?$namesake )
		tell(host, suspect, suspect$namesake, F);
	}

event osquery::query_finished(host_id: string, query: string, cookie: string, rows: count, error: string)
	{
	local words = split_string1(cookie, / /);

	# Rows come first; an answer without any is no answer.
	if ( |words| == 2 && words[0] == "download-executed" )
		event DownloadExecuted::gave_up(host_id, words[1]);
	}
