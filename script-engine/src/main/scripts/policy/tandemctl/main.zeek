##! What nodes that tandemctl runs have in common: a log of the scripts they loaded, one of how they cope, and notices of
##! packets they lost.

@load misc/loaded-scripts
@load misc/stats
@load ./drops
