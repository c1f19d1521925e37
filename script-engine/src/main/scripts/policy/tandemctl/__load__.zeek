##! What nodes that tandemctl runs have in common.

@load ./main
