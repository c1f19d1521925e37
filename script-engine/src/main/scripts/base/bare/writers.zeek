##! The log writers that exist, and what all of them obey.

module Log;

export {
	type Log::Writer: enum {
		WRITER_ASCII,
		WRITER_NONE,
		WRITER_SQLITE
	};

	## How often written rows are made visible to readers of the files; 0 leaves that to the writers.
	const flush_interval = 1.0sec &redef;

	## Rows that a writer's front collects before it hands them on.
	const write_buffer_size = 1000 &redef;

	## Bytes above which a row is dropped, with a weird.
	const max_log_record_size = 1024 * 1024 * 64 &redef;

	## Bytes of one string above which it is cut; 0 never cuts. Streams may say otherwise.
	const default_max_field_string_bytes = 4096 &redef;

	## Elements of one set or vector above which it is cut; 0 never cuts.
	const default_max_field_container_elements = 100 &redef;

	## Bytes of all strings of a row together; 0 never cuts.
	const default_max_total_string_bytes = 256000 &redef;

	## Elements of all sets and vectors of a row together; 0 never cuts.
	const default_max_total_container_elements = 500 &redef;
}

module JSON;

export {
	## How JSON logs write a time.
	type JSON::TimestampFormat: enum {
		## Seconds since 1970, with a fraction.
		TS_EPOCH,
		## Whole milliseconds since 1970.
		TS_MILLIS,
		## The same without a sign.
		TS_MILLIS_UNSIGNED,
		## ``2018-05-28T13:05:59.123456Z``
		TS_ISO8601
	};

	## How JSON logs write bytes that are not UTF-8.
	type JSON::StringEscapePolicy: enum {
		## ``\\xNN`` as text, which cannot be told from the same text in the value.
		STRING_ESCAPE_POLICY_HEX,
		## A code point of a private use plane, reversibly.
		STRING_ESCAPE_POLICY_PUA,
		## As a TSV log would write it, backslashes escaped too.
		STRING_ESCAPE_POLICY_TSV
	};
}

module GLOBAL;
