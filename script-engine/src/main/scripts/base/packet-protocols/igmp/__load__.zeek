@load ./types
@load ./events
