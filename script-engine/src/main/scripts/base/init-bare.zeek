##! What every run starts with: the types, options and events that the engine itself knows. Loaded even with ``-b``.

@load ./bare/containers
@load ./bare/tags
@load ./bare/connections
@load ./bare/packets
@load ./bare/files
@load ./bare/icmp
@load ./bare/statistics
@load ./bare/introspection
@load ./bare/options
@load ./bare/writers
@load ./bare/telemetry
@load ./bare/events
@load ./bare/helpers

@load base/frameworks/logging
