##! Keeps indicators out of intel.log that some source calls harmless: ``meta.whitelist`` is T.

@load base/frameworks/intel

module Intel;

export {
	redef record Intel::MetaData += {
		## Harmless, says the source.
		whitelist: bool &default=F;
	};
}

function is_harmless(items: set[Item]): bool
	{
	for ( item in items )
		if ( item$meta$whitelist )
			return T;

	return F;
	}

hook extend_match(info: Info, s: Seen, items: set[Item]) &priority=9
	{
	if ( is_harmless(items) )
		break;
	}
