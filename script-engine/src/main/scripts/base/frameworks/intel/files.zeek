##! Intelligence about files.

@load ./main
@load base/frameworks/files

module Intel;

export {
	redef enum Intel::Type += {
		## Of whatever kind of hash: ask for each that is known.
		FILE_HASH,
		FILE_NAME
	};

	redef record Intel::Seen += {
		## The file it was seen in; or its id, if that is all that is known.
		f: fa_file &optional;
		fuid: string &optional;
	};

	redef record Intel::Info += {
		fuid: string &log &optional;
		file_mime_type: string &log &optional;
		## In words.
		file_desc: string &log &optional;
	};
}

# Before the row takes what the connection tells.
hook extend_match(info: Info, s: Seen, items: set[Item]) &priority=6
	{
	if ( s?$f )
		{
		s$fuid = s$f$id;

		# With more than one nobody can tell which it was.
		if ( s$f?$conns && |s$f$conns| == 1 )
			for ( _, c in s$f$conns )
				s$conn = c;

		if ( ! info?$file_mime_type && s$f?$info && s$f$info?$mime_type )
			info$file_mime_type = s$f$info$mime_type;

		if ( ! info?$file_desc )
			info$file_desc = Files::describe(s$f);
		}

	if ( s?$fuid )
		info$fuid = s$fuid;
	}
