##! Connections as text.

module GLOBAL;

export {
	## ``orig:port > resp:port``
	global id_string: function(id: conn_id): string;

	## ``orig:port < resp:port``
	global reverse_id_string: function(id: conn_id): string;

	## One or the other, by who sent.
	global directed_id_string: function(id: conn_id, is_orig: bool): string;
}

function directed_id_string(id: conn_id, is_orig: bool): string
	{
	return fmt("%s:%d %s %s:%d", id$orig_h, id$orig_p, is_orig ? ">" : "<", id$resp_h, id$resp_p);
	}

function id_string(id: conn_id): string
	{
	return directed_id_string(id, T);
	}

function reverse_id_string(id: conn_id): string
	{
	return directed_id_string(id, F);
	}
