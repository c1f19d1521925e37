##! Looks at a connection again and again while it lasts.

module ConnPolling;

export {
	## Calls *callback* with *c* and a running number after *i*, and again after each interval that it returns; a negative
	## one ends that.
	global watch: function(c: connection, callback: function(c: connection, cnt: count): interval, cnt: count, i: interval);
}

event ConnPolling::check(id: conn_id, callback: function(c: connection, cnt: count): interval, cnt: count)
	{
	if ( ! connection_exists(id) )
		return;

	local c = lookup_connection(id);
	local pause = callback(c, cnt);

	if ( pause >= 0secs )
		watch(c, callback, cnt + 1, pause);
	}

function watch(c: connection, callback: function(c: connection, cnt: count): interval, cnt: count, i: interval)
	{
	schedule i { ConnPolling::check(c$id, callback, cnt) };
	}
