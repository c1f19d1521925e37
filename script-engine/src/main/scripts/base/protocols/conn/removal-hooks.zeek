##! Hooks to run when one particular connection ends: cheaper than a handler of ``connection_state_remove`` for protocols
##! that occur in few connections.

module Conn;

export {
	type Conn::RemovalHook: hook(c: connection);

	## Runs *hk* when *c* ends, before its row is written.
	##
	## Returns: F when it was registered before.
	global register_removal_hook: function(c: connection, hk: RemovalHook): bool;

	## Takes that back.
	##
	## Returns: F when it was not registered.
	global unregister_removal_hook: function(c: connection, hk: RemovalHook): bool;
}

redef record connection += {
	removal_hooks: set[RemovalHook] &optional;
};

function register_removal_hook(c: connection, hk: RemovalHook): bool
	{
	if ( ! c?$removal_hooks )
		c$removal_hooks = set();

	if ( hk in c$removal_hooks )
		return F;

	add c$removal_hooks[hk];
	return T;
	}

function unregister_removal_hook(c: connection, hk: RemovalHook): bool
	{
	if ( ! c?$removal_hooks || hk !in c$removal_hooks )
		return F;

	delete c$removal_hooks[hk];
	return T;
	}

event connection_state_remove(c: connection) &priority=-3
	{
	if ( ! c?$removal_hooks )
		return;

	for ( hk in c$removal_hooks )
		hook hk(c);
	}
