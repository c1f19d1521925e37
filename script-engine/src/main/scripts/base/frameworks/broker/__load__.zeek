@load ./types
@load ./main
