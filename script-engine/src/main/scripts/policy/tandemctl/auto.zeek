##! What tandemctl generates from its configuration files.

@load local-networks
@load tandemctl-config

# The shards of one process know their layout.
@if ( Cluster::is_enabled() && getenv("TANDEM_SHARDS") == "" )
@load cluster-layout
@endif
