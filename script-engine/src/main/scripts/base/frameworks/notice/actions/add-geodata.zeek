##! An action that adds where the remote address of a notice is.

@load ../main
@load base/utils/site

module Notice;

export {
	redef enum Action += {
		## Fill in ``remote_location``, of the source or destination that is not local.
		ACTION_ADD_GEODATA
	};

	redef record Info += {
		remote_location: geo_location &log &optional;
	};

	## Kinds of notices that always get it.
	option lookup_location_types: set[Notice::Type] = {};
}

hook policy(n: Notice::Info) &priority=10
	{
	if ( n$note in Notice::lookup_location_types )
		add n$actions[ACTION_ADD_GEODATA];
	}

@ifdef ( lookup_location )
# Behind the policies, which choose actions, and before the notice is written.
hook notice(n: Notice::Info) &priority=10
	{
	if ( ACTION_ADD_GEODATA !in n$actions || |Site::local_nets| == 0 )
		return;

	if ( n?$src && ! Site::is_local_addr(n$src) )
		n$remote_location = lookup_location(n$src);
	else if ( n?$dst && ! Site::is_local_addr(n$dst) )
		n$remote_location = lookup_location(n$dst);
	}
@endif
