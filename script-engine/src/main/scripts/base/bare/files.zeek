##! Files inside connections.

## How long a file may be silent before it counts as complete.
option default_file_timeout_interval: interval = 2 mins;

## How much of a file's beginning is kept.
option default_file_bof_buffer_size: count = 4096;

type mime_match: record {
	strength: int;
	mime: string;
};

## Strongest match first.
type mime_matches: vector of mime_match;

module Files;

export {
	## The connections that a file comes over.
	type Files::connection_table: table[conn_id] of connection;
}

module GLOBAL;

## A file. Like :zeek:type:`connection` there is one record per file, which changes.
type fa_file: record {
	id: string;
	## Of the archive it came from.
	parent_id: string &optional;
	## Protocol or other origin.
	source: string;
	## Direction, when it came over one connection only.
	is_orig: bool &optional;
	conns: Files::connection_table &optional;
	last_active: time;
	seen_bytes: count &default=0;
	## As announced.
	total_bytes: count &optional;
	missing_bytes: count &default=0;
	overflow_bytes: count &default=0;
	timeout_interval: interval &default=default_file_timeout_interval;
	bof_buffer_size: count &default=default_file_bof_buffer_size;
	bof_buffer: string &optional;
} &redef;

type string_any_file_hook: hook(f: fa_file, e: any, str: string);

## What the beginning of a file tells of it.
type fa_metadata: record {
	mime_type: string &optional;
	mime_types: mime_matches &optional;
	## Guessed from content, not told by a protocol.
	inferred: bool &default=T;
};

## Where an analyzer found its protocol.
type AnalyzerConfirmationInfo: record {
	c: connection &optional;
	f: fa_file &optional;
	aid: count &optional;
};

## Where an analyzer found that something is not its protocol.
type AnalyzerViolationInfo: record {
	reason: string;
	c: connection &optional;
	f: fa_file &optional;
	aid: count &optional;
	data: string &optional;
};
