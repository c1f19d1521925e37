@load ./types
@load ./main
@load ./pools

@if ( getenv("TANDEM_SHARDS") != "" )
@load ./shards
@endif
