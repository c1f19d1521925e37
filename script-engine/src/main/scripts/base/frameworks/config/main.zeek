##! Options that change while everything runs, and a log of their changes.

@load base/frameworks/cluster

module Config;

export {
	redef enum Log::ID += { LOG };

	global log_policy: Log::PolicyHook;

	## A change of an option.
	type Config::Info: record {
		ts: time &log;
		## The option's full name.
		id: string &log;
		old_value: string &log;
		new_value: string &log;
		## Where the new value came from, such as a file.
		location: string &optional &log;
	};

	global log_config: event(rec: Config::Info);

	## Gives an option a value of its type. Returns F when there is no such option, the type is another, or a change
	## handler would not have it.
	global set_value: function(ID: string, val: any, location: string &default=""): bool;
}

function set_value(ID: string, val: any, location: string &default=""): bool
	{
	return Option::set(ID, val, location);
	}

# As the log shows a value: elements of sets and vectors joined by commas.
function shown(value: any): string
	{
	local kind = type_name(value);
	local parts: string_vec = vector();

	if ( kind == "string" )
		return cat(value);

	if ( starts_with(kind, "set[") && "," !in kind )
		{
		local elements = Option::any_set_to_any_vec(value);
		for ( i in elements )
			parts += cat(elements[i]);
		}
	else if ( starts_with(kind, "vector") )
		{
		local all: vector of any = value;
		for ( i in all )
			parts += cat(all[i]);
		}
	else
		return cat(value);

	return join_string_vec(parts, ",");
	}

# Last of an option's change handlers: sees what really becomes of it.
function log_change(ID: string, new_value: any, location: string): any
	{
	# Changes that scripts make for purposes of their own are nobody's business.
	if ( location == "<skip-config-log>" )
		return new_value;

	local change = Config::Info($ts=network_time(), $id=ID, $old_value=shown(lookup_ID(ID)), $new_value=shown(new_value));
	if ( location != "" )
		change$location = location;

	Log::write(LOG, change);
	return new_value;
	}

event zeek_init() &priority=10
	{
	Log::create_stream(LOG, Log::Stream($columns=Config::Info, $ev=log_config, $path="config", $policy=log_policy));

	if ( Cluster::is_enabled() && Cluster::local_node_type() != Cluster::MANAGER )
		return;

	for ( name in global_options() )
		Option::set_change_handler(name, log_change, -100);
	}
