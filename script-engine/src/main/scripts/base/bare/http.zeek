##! HTTP as the engine tells of it.

## A field of a header.
type mime_header_rec: record {
	original_name: string;
	## In capitals.
	name: string;
	value: string;
};

## Header fields in order, numbered from 1.
type mime_header_list: table[count] of mime_header_rec;

## What a whole connection came to.
type http_stats_rec: record {
	num_requests: count;
	num_replies: count;
	request_version: double;
	reply_version: double;
};

## What one message came to.
type http_message_stat: record {
	start: time;
	## Whether it ended before it should.
	interrupted: bool;
	finish_msg: string;
	## Decoded.
	body_length: count;
	content_gap_length: count;
	header_length: count;
};

## *unescaped_URI* has what %xx stand for.
global http_request: event(c: connection, method: string, original_URI: string, unescaped_URI: string, version: string);

global http_reply: event(c: connection, version: string, code: count, reason: string);

## *name* is in capitals.
global http_header: event(c: connection, is_orig: bool, original_name: string, name: string, value: string);

# Handlers of older scripts take the name in capitals only.
global http_header: event(c: connection, is_orig: bool, name: string, value: string);

global http_all_headers: event(c: connection, is_orig: bool, hlist: mime_header_list);

## An entity begins: a message, or a part of a multipart message.
global http_begin_entity: event(c: connection, is_orig: bool);

global http_end_entity: event(c: connection, is_orig: bool);
global http_content_type: event(c: connection, is_orig: bool, ty: string, subty: string);

## A piece of a body, decoded.
global http_entity_data: event(c: connection, is_orig: bool, length: count, data: string);

global http_message_done: event(c: connection, is_orig: bool, stat: http_message_stat);

## Something odd that is not worth a weird.
global http_event: event(c: connection, event_type: string, detail: string);

global http_stats: event(c: connection, stats: http_stats_rec);

## The connection goes on with another protocol.
global http_connection_upgrade: event(c: connection, protocol: string);
