##! Notices of indicators that were seen: those whose source says ``meta.do_notice``.

@load base/frameworks/intel
@load base/frameworks/notice

module Intel;

export {
	redef enum Notice::Type += {
		## An indicator was seen.
		Intel::Notice
	};

	redef record Intel::MetaData += {
		## Whether to make a notice ...
		do_notice: bool &default=F;
		## ... and if so, only where it is seen here.
		if_in: Intel::Where &default=IN_ANYWHERE;
	};
}

# The same whichever end sent it.
function identifier_of(s: Seen): string
	{
	local id = s$conn$id;
	return id$orig_h < id$resp_h ? cat(s$indicator, id$orig_h, id$resp_h) : cat(s$indicator, id$resp_h, id$orig_h);
	}

event match(s: Seen, items: set[Item])
	{
	for ( item in items )
		{
		local meta = item$meta;
		if ( ! meta$do_notice || (meta$if_in != IN_ANYWHERE && meta$if_in != s$where) )
			next;

		local n = Notice::Info($note=Intel::Notice, $msg=fmt("Intel hit on %s at %s", s$indicator, s$where),
		    $sub=s$indicator);
		local services = "";

		if ( s?$conn )
			{
			n$conn = s$conn;
			n$identifier = identifier_of(s);

			if ( s$conn?$service )
				for ( name in s$conn$service )
					services += name + " ";
			}

		n$email_body_sections = vector(fmt("Service: %s\n", services), fmt("Intel source: %s\n", meta$source));
		NOTICE(n);
		}
	}
