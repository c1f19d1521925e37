##! What every run starts with: the types, options and events that the engine itself knows. Loaded even with ``-b``.

@load ./bare/containers
@load ./bare/tags
@load ./bare/connections
@load ./bare/packets
@load ./bare/files
@load ./bare/http
@load ./bare/gtp
@load ./bare/icmp
@load ./bare/ip-protocols
@load ./bare/statistics
@load ./bare/introspection
@load ./bare/results
@load ./bare/options
@load ./bare/writers
@load ./bare/telemetry
@load ./bare/events
@load ./bare/helpers

@load base/frameworks/logging
@load base/frameworks/input
@load base/frameworks/broker
@load base/frameworks/cluster
@load base/frameworks/config
@load base/frameworks/analyzer
@load base/frameworks/files
@load base/packet-protocols

# Which addresses are local is for every run to know.
@load base/utils/site
