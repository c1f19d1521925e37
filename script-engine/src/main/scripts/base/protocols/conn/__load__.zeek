@load ./main
@load ./removal-hooks

# These need functions that reach into live connections; an engine without them goes on without these scripts.
@ifdef ( set_inactivity_timeout )
@load ./inactivity
@endif

@ifdef ( set_contents_file )
@load ./contents
@endif

@ifdef ( lookup_connection )
@load ./polling
@endif

@ifdef ( set_current_conn_bytes_threshold )
@load ./thresholds
@endif
