##! What tandemctl generates from its configuration files.

@load local-networks
@load tandemctl-config

@if ( Cluster::is_enabled() )
@load cluster-layout
@endif
