##! osquery_queries.log: what was asked of hosts, of whom, and by whom.

@load ../main

module OsqueryQueries;

export {
	redef enum Log::ID += { LOG };

	type OsqueryQueries::Info: record {
		ts: time &log;
		## ``subscribe``, ``unsubscribe``, ``execute``, or ``answer`` when a query that was asked once has ended at a host.
		action: string &log;
		## ``script`` or ``operator``.
		origin: string &log;
		## The event that rows raise and where it is defined, or the operator's name.
		asker: string &log;
		query: string &log;
		## ``host``, ``group`` or ``everyone``.
		target: string &log;
		## The host's or group's name.
		name: string &log &optional;
		## Seconds between its runs.
		inter: count &log &optional;
		cookie: string &log &optional;
		## How many rows the host gave.
		rows: count &log &optional;
		## Why it gave none.
		error: string &log &optional;
	};

	global log_policy: Log::PolicyHook;
}

function aim(row: Info, host: string, group: string)
	{
	if ( host != "" )
		{
		row$target = "host";
		row$name = host;
		}
	else if ( group != "" )
		{
		row$target = "group";
		row$name = group;
		}
	}

event zeek_init() &priority=10
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $path="osquery_queries", $policy=log_policy));
	}

hook osquery::asked(what: string, q: osquery::Query, host: string, group: string)
	{
	local row = Info($ts=network_time(), $action=what, $origin="script", $asker=osquery::__event_place(q$ev),
	    $query=q$query, $target="everyone");
	aim(row, host, group);

	if ( what != "execute" )
		row$inter = q?$inter ? q$inter : osquery::default_query_interval;

	if ( q$cookie != "" )
		row$cookie = q$cookie;

	Log::write(LOG, row);
	}

event osquery::operator_asked(user: string, query: string, host: string, group: string)
	{
	local row = Info($ts=network_time(), $action="execute", $origin="operator", $asker=user, $query=query,
	    $target="everyone");
	aim(row, host, group);
	Log::write(LOG, row);
	}

event osquery::query_finished(host_id: string, query: string, cookie: string, rows: count, error: string)
	{
	local row = Info($ts=network_time(), $action="answer", $origin="host", $asker=host_id, $query=query,
	    $target="host", $name=host_id, $rows=rows);

	if ( cookie != "" )
		row$cookie = cookie;

	if ( error != "" )
		row$error = error;

	Log::write(LOG, row);
	}
