##! Indicators from files: columns ``indicator``, ``indicator_type``, ``meta.source`` and whatever else
##! :zeek:type:`Intel::MetaData` has, with a line ``#fields`` that names them.

@load ./main

module Intel;

export {
	## The files. Each is read again when it has changed, so put a new one in its place by renaming.
	const read_files: set[string] = {} &redef;

	## The directory of files whose names do not begin with a slash.
	const path_prefix = "" &redef;

	## A line was read.
	global read_entry: event(desc: Input::EventDescription, tpe: Input::Event, item: Intel::Item);

	## Something is wrong with a file.
	global read_error: event(desc: Input::EventDescription, message: string, level: Reporter::Level);
}

event Intel::read_entry(desc: Input::EventDescription, tpe: Input::Event, item: Intel::Item)
	{
	insert(item);
	}

function place_of(path: string): string
	{
	return path_prefix == "" || starts_with(path, "/") ? path : rstrip(path_prefix, "/") + "/" + path;
	}

event zeek_init() &priority=5
	{
	if ( Cluster::is_enabled() && Cluster::local_node_type() != Cluster::MANAGER )
		return;

	for ( path in read_files )
		Input::add_event(Input::EventDescription($source=place_of(path), $reader=Input::READER_ASCII, $mode=Input::REREAD,
		    $name="intel-" + path, $fields=Intel::Item, $ev=Intel::read_entry, $error_ev=Intel::read_error));
	}
