##! osq-packs.log: rows of the queries that packs have.

@load ../main

module OsqueryPacks;

export {
	redef enum Log::ID += { LOG };

	type OsqueryPacks::Info: record {
		t: time &log;
		host: string &log;
		pack: string &log;
		## The query's name in its pack.
		query: string &log;
		## ``ADD``, ``REMOVE`` or ``SNAPSHOT``.
		action: string &log;
		## The host's clock when it made the row.
		host_time: time &log;
		## In the order of the alphabet.
		columns: vector of string &log;
		## Of the columns, one by one.
		values: vector of string &log;
		## What the host adds to its lines, each as ``NAME=VALUE``.
		decorations: vector of string &log &optional;
	};

	global log_policy: Log::PolicyHook;
}

function by_name(a: string, b: string): int
	{
	return strcmp(a, b);
	}

function names(t: table[string] of string): vector of string
	{
	local all: vector of string = vector();

	for ( name in t )
		all += name;

	sort(all, by_name);
	return all;
	}

event zeek_init() &priority=10
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $path="osq-packs", $policy=log_policy));
	}

event osquery::pack_row(info: osquery::ResultInfo, pack: string, query: string, columns: table[string] of string)
	{
	local row = Info($t=network_time(), $host=info$host, $pack=pack, $query=query,
	    $action=sub(cat(info$utype), /^osquery::/, ""), $host_time=info$host_time, $columns=names(columns),
	    $values=vector());

	for ( i in row$columns )
		row$values += columns[row$columns[i]];

	if ( info?$decorations )
		{
		row$decorations = vector();

		local told = names(info$decorations);

		for ( j in told )
			row$decorations += fmt("%s=%s", told[j], info$decorations[told[j]]);
		}

	Log::write(LOG, row);
	}
