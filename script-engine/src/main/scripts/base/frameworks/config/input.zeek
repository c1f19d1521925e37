##! Options from files: a name and a value a line. Files are read again whenever they change.

@load ./main

module Config;

export {
	## The files.
	const config_files: set[string] = {} &redef;

	## Takes the options of a file once.
	global read_config: function(filename: string);
}

# The lines of all files, as the reader gives them. The options themselves come by InputConfig::new_value.
global lines: table[string] of string = table();

type Config::Line: record {
	option_nv: string;
};

type Config::NamedValue: record {
	option_name: string;
	option_val: string;
};

const once = "config-oneshot-";

event Config::line_read(description: Input::EventDescription, what: Input::Event, line: Config::NamedValue)
	{
	}

function is_ours(): bool
	{
	# Each shard of a process reads for itself.
	return ! Cluster::is_enabled() || Cluster::local_node_type() == Cluster::MANAGER || getenv("TANDEM_SHARDS") != "";
	}

function read_config(filename: string)
	{
	if ( ! is_ours() )
		return;

	local stream = once + filename;
	Input::add_event(Input::EventDescription($source=filename, $name=stream, $reader=Input::READER_CONFIG,
	    $mode=Input::MANUAL, $fields=Config::NamedValue, $ev=Config::line_read));
	Input::remove(stream);
	}

event InputConfig::new_value(name: string, source: string, id: string, value: any)
	{
	if ( starts_with(name, once) || source in config_files )
		Config::set_value(id, value, source);
	}

event zeek_init() &priority=5
	{
	if ( ! is_ours() )
		return;

	for ( path in config_files )
		Input::add_table(Input::TableDescription($source=path, $name="config-" + path, $reader=Input::READER_CONFIG,
		    $mode=Input::REREAD, $idx=Config::Line, $val=Config::Line, $want_record=F, $destination=lines));
	}
