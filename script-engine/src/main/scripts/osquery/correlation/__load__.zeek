##! What is known of hosts, and who is behind connections.

@load ./addresses
@load ./users
@load ./processes
@load ./sockets
@load ./user_connections
@load ./attribution
@load ./matching
@load ./conn
@load ./missing-processes

@if ( getenv("TANDEM_SHARDS") == "" )
@load ./one-engine
@else
@load ./shards
@endif

@load ./log
