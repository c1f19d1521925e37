@load ./processes
@load ./process_events
@load ./socket_events
@load ./mounts
@load ./users
@load ./listening_ports
@load ./interface_addresses
@load ./host_info
