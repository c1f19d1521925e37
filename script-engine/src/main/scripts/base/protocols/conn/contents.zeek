##! Writes what the sides of a TCP connection sent into files, for connections that a script asks for by setting
##! ``c$extract_orig`` or ``c$extract_resp``.

@load base/utils/files

module Conn;

export {
	## First part of the file names.
	option extraction_prefix = "contents";

	## Does it for every connection.
	option default_extract = F;
}

redef record connection += {
	extract_orig: bool &default=default_extract;
	extract_resp: bool &default=default_extract;
};

function write_side(c: connection, side: count, suffix: string)
	{
	set_contents_file(c$id, side, open(generate_extraction_filename(extraction_prefix, c, suffix)));
	}

event connection_established(c: connection) &priority=-5
	{
	if ( c$extract_orig )
		write_side(c, CONTENTS_ORIG, "orig.dat");

	if ( c$extract_resp )
		write_side(c, CONTENTS_RESP, "resp.dat");
	}
