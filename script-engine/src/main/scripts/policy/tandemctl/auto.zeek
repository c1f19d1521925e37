##! What tandemctl generates from its configuration files.

@load local-networks
@load tandemctl-config
