##! Helpers for scripts that deal with HTTP.

@load base/utils/addrs
@load ./main

module HTTP;

export {
	## The names in ``a=1&b=2`` and the like.
	##
	## kv_splitter: what stands between the pairs.
	global extract_keys: function(data: string, kv_splitter: pattern): string_vec;

	## The URL of a row, without ``http://``.
	global build_url: function(rec: Info): string;

	## The URL of a row, with ``http://``.
	global build_url_http: function(rec: Info): string;

	## A row in a few words.
	global describe: function(rec: Info): string;
}

function extract_keys(data: string, kv_splitter: pattern): string_vec
	{
	local keys: string_vec = vector();
	local pairs = split_string(data, kv_splitter);

	for ( i in pairs )
		keys += split_string1(pairs[i], /=/)[0];

	return keys;
	}

function build_url(rec: Info): string
	{
	local uri = rec?$uri ? rec$uri : "/<missed_request>";

	# A proxy is asked for the whole URL.
	if ( strstr(uri, "://") != 0 )
		return uri;

	local host = rec?$host ? rec$host : addr_to_uri(rec$id$resp_h);
	local number = port_to_count(rec$id$resp_p);
	return number == 80 ? host + uri : fmt("%s:%d%s", host, number, uri);
	}

function build_url_http(rec: Info): string
	{
	return "http://" + build_url(rec);
	}

function describe(rec: Info): string
	{
	return build_url_http(rec);
	}
