##! Names for extracted files.

@load ./addrs

## ``prefix_orig:port-resp:port_suffix``, without what is empty.
function generate_extraction_filename(prefix: string, c: connection, suffix: string): string
	{
	local name = fmt("%s:%d-%s:%d", addr_to_uri(c$id$orig_h), c$id$orig_p, addr_to_uri(c$id$resp_h), c$id$resp_p);

	if ( prefix != "" )
		name = cat(prefix, "_", name);

	return suffix == "" ? name : cat(name, "_", suffix);
	}

## The file name in a Content-Disposition header (RFC 6266).
function extract_filename_from_content_disposition(data: string): string
	{
	local name = sub(data, /^.*[nN][aA][mM][eE][[:blank:]]*\*?=[[:blank:]]*/, "");

	if ( starts_with(name, "\"") )
		name = split_string_n(name, /\"/, F, 2)[1];

	# As in UTF-8'en'name.
	if ( /^[a-zA-Z0-9\!#$%&+-^_`{}~]+'[a-zA-Z0-9\!#$%&+-^_`{}~]*'/ in name )
		name = sub(name, /^.+'.*'/, "");

	return unescape_URI(name);
	}
