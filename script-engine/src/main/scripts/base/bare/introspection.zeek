##! What scripts can learn about themselves.

type script_id_attr: record {
	name: string;
	expr: string &optional;
};

type script_id_attrs: vector of script_id_attr;

## A global identifier.
type script_id: record {
	type_name: string;
	exported: bool;
	constant: bool;
	enum_constant: bool;
	option_value: bool;
	redefinable: bool;
	broker_backend: bool;
	value: any &optional;
	attributes: script_id_attrs &optional;
};

type id_table: table[string] of script_id;

## A field of a record.
type record_field: record {
	type_name: string;
	log: bool;
	value: any &optional;
	default_val: any &optional;
	optional: bool;
};

type record_field_table: table[string] of record_field;

type call_argument: record {
	name: string;
	type_name: string;
	default_val: any &optional;
	value: any &optional;
};

type call_argument_vector: vector of call_argument;

## One call of a backtrace.
type BacktraceElement: record {
	function_name: string;
	function_args: call_argument_vector;
	file_location: string &optional;
	line_location: count &optional;
};

type Backtrace: vector of BacktraceElement;

## Called when an ``assert`` fails; ``break`` suppresses the message.
type assertion_failure: hook(cond: string, msg: string, bt: Backtrace);

## Called for each ``assert``.
type assertion_result: hook(result: bool, cond: string, msg: string, bt: Backtrace);

type from_json_result: record {
	v: any &optional;
	valid: bool;
	err: string &optional;
};

## A name that the resolver looked up.
type dns_mapping: record {
	creation_time: time;
	req_host: string;
	req_addr: addr;
	valid: bool;
	hostname: string;
	addrs: addr_set;
};

type rotate_info: record {
	old_name: string;
	new_name: string;
	open: time;
	close: time;
};

type signature_state: record {
	sig_id: string;
	conn: connection;
	is_orig: bool;
	payload_size: count;
};

module EventMetadata;

export {
	type EventMetadata::ID: enum {
		NETWORK_TIMESTAMP = 1
	};

	type EventMetadata::Entry: record {
		id: EventMetadata::ID;
		val: any;
	};
}

module GLOBAL;

type event_metadata_vec: vector of EventMetadata::Entry;
