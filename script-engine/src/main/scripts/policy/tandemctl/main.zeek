##! What nodes that tandemctl runs have in common: which scripts they loaded is in a log of its own.

@load misc/loaded-scripts
