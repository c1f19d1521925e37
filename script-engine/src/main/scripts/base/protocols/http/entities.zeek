##! The files that requests and replies carry, in http.log.

@load base/frameworks/files
@load base/frameworks/notice/weird
@load base/utils/files
@load base/utils/strings
@load ./main

module HTTP;

export {
	## The message, or part of a message, at hand.
	type Entity: record {
		filename: string &optional;
	};

	## No more files than that are listed for a request.
	option max_files_orig = 15;

	## No more files than that are listed for a reply.
	option max_files_resp = 15;

	## Asked about each file beyond the limit; ``break`` lists it all the same.
	global max_files_policy: hook(f: fa_file, is_orig: bool);

	redef record Info += {
		## Ids of the files that the client sent.
		orig_fuids: vector of string &log &optional;
		orig_filenames: vector of string &log &optional;
		orig_mime_types: vector of string &log &optional;
		## Ids of the files that the server sent.
		resp_fuids: vector of string &log &optional;
		resp_filenames: vector of string &log &optional;
		resp_mime_types: vector of string &log &optional;
		current_entity: Entity &optional;
		## How many entities the request has so far.
		orig_mime_depth: count &default=0;
		## How many entities the reply has so far.
		resp_mime_depth: count &default=0;
	};

	redef record fa_file += {
		http: HTTP::Info &optional;
	};
}

event http_begin_entity(c: connection, is_orig: bool) &priority=10
	{
	set_state(c, is_orig);

	if ( is_orig )
		++c$http$orig_mime_depth;
	else
		++c$http$resp_mime_depth;

	c$http$current_entity = Entity();
	}

event http_header(c: connection, is_orig: bool, original_name: string, name: string, value: string) &priority=3
	{
	if ( ! c$http?$current_entity )
		{
		Reporter::conn_weird("missing_HTTP_entity", c, "", "HTTP");
		return;
		}

	local named = F;

	if ( name == "CONTENT-DISPOSITION" )
		named = /[fF][iI][lL][eE][nN][aA][mM][eE][[:blank:]]*\*?=/ in value;
	else if ( name == "CONTENT-TYPE" )
		named = /[nN][aA][mM][eE][[:blank:]]*=/ in value;

	if ( named )
		c$http$current_entity$filename = extract_filename_from_content_disposition(value);
	}

# Whether a list of that length takes one more.
function is_listed(f: fa_file, listed: count): bool
	{
	local limit = f$is_orig ? max_files_orig : max_files_resp;
	return listed < limit || ! hook max_files_policy(f, f$is_orig);
	}

event file_over_new_connection(f: fa_file, c: connection, is_orig: bool) &priority=5
	{
	if ( f$source != "HTTP" || ! c?$http )
		return;

	f$http = c$http;

	if ( c$http?$current_entity && c$http$current_entity?$filename )
		f$info$filename = c$http$current_entity$filename;

	if ( f$is_orig )
		{
		if ( ! is_listed(f, c$http?$orig_fuids ? |c$http$orig_fuids| : 0) )
			return;

		if ( ! c$http?$orig_fuids )
			c$http$orig_fuids = vector();

		c$http$orig_fuids += f$id;

		if ( f$info?$filename )
			{
			if ( ! c$http?$orig_filenames )
				c$http$orig_filenames = vector();

			c$http$orig_filenames += f$info$filename;
			}
		}
	else
		{
		if ( ! is_listed(f, c$http?$resp_fuids ? |c$http$resp_fuids| : 0) )
			return;

		if ( ! c$http?$resp_fuids )
			c$http$resp_fuids = vector();

		c$http$resp_fuids += f$id;

		if ( f$info?$filename )
			{
			if ( ! c$http?$resp_filenames )
				c$http$resp_filenames = vector();

			c$http$resp_filenames += f$info$filename;
			}
		}
	}

event file_sniff(f: fa_file, meta: fa_metadata) &priority=5
	{
	if ( ! f?$http || ! f?$is_orig || ! meta?$mime_type )
		return;

	if ( f$is_orig )
		{
		if ( ! is_listed(f, f$http?$orig_mime_types ? |f$http$orig_mime_types| : 0) )
			return;

		if ( ! f$http?$orig_mime_types )
			f$http$orig_mime_types = vector();

		f$http$orig_mime_types += meta$mime_type;
		}
	else
		{
		if ( ! is_listed(f, f$http?$resp_mime_types ? |f$http$resp_mime_types| : 0) )
			return;

		if ( ! f$http?$resp_mime_types )
			f$http$resp_mime_types = vector();

		f$http$resp_mime_types += meta$mime_type;
		}
	}

event http_end_entity(c: connection, is_orig: bool) &priority=5
	{
	if ( c?$http && c$http?$current_entity )
		delete c$http$current_entity;
	}
