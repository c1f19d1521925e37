##! Reads files, the output of commands and databases, while everything else goes on: into a table that then follows its
##! source (Input::add_table), or as an event for each row (Input::add_event).

module Input;

export {
	## What happened to an entry of a source.
	type Input::Event: enum {
		EVENT_NEW = 0,
		EVENT_CHANGED = 1,
		EVENT_REMOVED = 2
	};

	## When a source is read.
	type Input::Mode: enum {
		## Once, and whenever Input::force_update asks.
		MANUAL = 0,
		## As a whole again when it has changed.
		REREAD = 1,
		## Once, then whatever is added to it.
		STREAM = 2
	};

	## Kinds of sources.
	type Input::Reader: enum {
		## Columns of text, such as logs.
		READER_ASCII,
		## Lines of a file, or of a command's output when the source ends with a bar.
		READER_RAW,
		## Options and their values.
		READER_CONFIG,
		## A file in pieces.
		READER_BINARY,
		## A query of a database.
		READER_SQLITE
	};

	## The reader of descriptions that name none.
	option default_reader = READER_ASCII;

	## The mode of descriptions that name none.
	option default_mode = MANUAL;

	## Between columns. One character; so is the next. Readers have settings of their own that begin as these.
	const separator = "\t" &redef;

	## Between the elements of sets and vectors.
	const set_separator = "," &redef;

	## Stands for an empty set or vector.
	const empty_field = "(empty)" &redef;

	## Stands for no value.
	const unset_field = "-" &redef;

	## Leaves out optional fields of types that cannot be read, such as functions, instead of refusing the stream.
	const accept_unsupported_types = F &redef;

	## A source and the table that follows it.
	type Input::TableDescription: record {
		## A path, a command, ...: what the reader takes.
		source: string;
		reader: Reader &default=default_reader;
		mode: Mode &default=default_mode;

		## Names the stream for Input::remove and the like.
		name: string;

		## The table or set.
		destination: any;

		## A record type: the columns of an entry's index.
		idx: any;

		## A record type: the columns of an entry's value. Absent for a set.
		val: any &optional;

		## Whether the table holds that record, or the value of its one field.
		want_record: bool &default=T;

		## Event of each change: function(description, Input::Event, index, value); a set's without the last. Of a changed
		## entry it gets the value before.
		ev: any &optional;

		## Asked before each change; F leaves the entry as it is.
		pred: function(typ: Input::Event, left: any, right: any): bool &optional;

		## Event of each message about the source: function(description, string, Reporter::Level). A stream ends with an
		## error.
		error_ev: any &optional;

		## Settings of the reader, by their names.
		config: table[string] of string &default=table();
	};

	## A source and the event that each of its rows raises.
	type Input::EventDescription: record {
		source: string;
		reader: Reader &default=default_reader;
		mode: Mode &default=default_mode;
		name: string;

		## A record type: the columns.
		fields: any;

		## Whether the event gets that record, or each field as an argument.
		want_record: bool &default=T;

		## The event: function(description, Input::Event, ...).
		ev: any;

		## As in Input::TableDescription.
		error_ev: any &optional;
		config: table[string] of string &default=table();
	};

	## A source whose bytes are analyzed as a file.
	type Input::AnalysisDescription: record {
		source: string;
		reader: Reader &default=Input::READER_BINARY;
		mode: Mode &default=default_mode;
		name: string;
		config: table[string] of string &default=table();
	};

	## Begins to read into a table. Returns F when the description does not fit together, with a message why.
	global add_table: function(description: Input::TableDescription): bool;

	## Begins to read events. Returns F when the description does not fit together, with a message why.
	global add_event: function(description: Input::EventDescription): bool;

	## Begins to analyze a file.
	global add_analysis: function(description: Input::AnalysisDescription): bool;

	## Ends a stream. What was read stays. Returns F when there is none of that name.
	global remove: function(id: string): bool;

	## Looks at a source now. Returns F when there is no stream of that name.
	global force_update: function(id: string): bool;

	## A source has been read to its end.
	global end_of_data: event(name: string, source: string);
}

function add_table(description: Input::TableDescription): bool
	{
	return __create_table_stream(description);
	}

function add_event(description: Input::EventDescription): bool
	{
	return __create_event_stream(description);
	}

function add_analysis(description: Input::AnalysisDescription): bool
	{
	return __create_analysis_stream(description);
	}

function remove(id: string): bool
	{
	return __remove_stream(id);
	}

function force_update(id: string): bool
	{
	return __force_update(id);
	}
