##! URLs and their parts.

const url_regex = /^([a-zA-Z\-]{3,5}):\/\/(-\.)?([^[:blank:]\/?\.#-]+\.?)+(\/[^[:blank:]]*)?/ &redef;

type URI: record {
	scheme: string &optional;
	## Host, or address.
	netlocation: string;
	portnum: count &optional;
	path: string;
	## Last part of the path; with and without what is behind its first dot, and that.
	file_name: string &optional;
	file_base: string &optional;
	file_ext: string &optional;
	## Of the query.
	params: table[string] of string &optional;
};

function find_all_urls(s: string): string_set
	{
	return find_all(s, url_regex);
	}

function find_all_urls_without_scheme(s: string): string_set
	{
	local urls: set[string] = set();

	for ( url in find_all_urls(s) )
		add urls[sub(url, /^[a-zA-Z\-]{3,5}:\/\//, "")];

	return urls;
	}

function decompose_query(query: string): table[string] of string
	{
	local params: table[string] of string = table();

	for ( i, pair in split_string(query, /&/) )
		{
		local parts = split_string1(pair, /=/);

		if ( |parts| == 2 )
			params[parts[0]] = parts[1];
		}

	return params;
	}

function decompose_uri(uri: string): URI
	{
	local result = URI($netlocation="", $path="/");
	local rest = uri;
	local parts = split_string1(rest, /\?/);

	if ( |parts| == 2 )
		{
		rest = parts[0];
		result$params = decompose_query(parts[1]);
		}

	parts = split_string1(rest, /:\/\//);

	if ( |parts| == 2 )
		{
		result$scheme = parts[0];
		rest = parts[1];
		}

	parts = split_string1(rest, /\//);

	if ( |parts| == 2 )
		{
		rest = parts[0];
		result$path = cat("/", parts[1]);

		if ( ! ends_with(result$path, "/") )
			{
			local names = split_string(result$path, /\//);
			result$file_name = names[|names| - 1];

			local halves = split_string1(result$file_name, /\./);
			result$file_base = halves[0];

			if ( |halves| == 2 )
				result$file_ext = halves[1];
			}
		}

	result$netlocation = sub(rest, /:[0-9]*$/, "");

	if ( |rest| > |result$netlocation| + 1 )
		result$portnum = to_count(rest[|result$netlocation| + 1:]);

	return result;
	}
