##! Shows the names of files to the intelligence framework.

@load base/frameworks/intel
@load ./where-locations

module Files;

function show_name(f: fa_file)
	{
	if ( f?$info && f$info?$filename )
		Intel::seen(Intel::Seen($indicator=f$info$filename, $indicator_type=Intel::FILE_NAME, $f=f, $where=Files::IN_NAME));
	}

event file_new(f: fa_file) &group="Intel::FILE_NAME"
	{
	# With a connection the name is known a little later.
	if ( ! f?$conns || |f$conns| == 0 )
		show_name(f);
	}

event file_over_new_connection(f: fa_file, c: connection, is_orig: bool) &priority=-5 &group="Intel::FILE_NAME"
	{
	show_name(f);
	}
