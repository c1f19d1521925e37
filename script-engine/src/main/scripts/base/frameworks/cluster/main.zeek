##! The questions that scripts ask about a cluster, answered for a node that stands alone.

module Cluster;

export {
	type Cluster::NodeType: enum {
		NONE,
		CONTROL,
		LOGGER,
		MANAGER,
		PROXY,
		WORKER
	};

	type Cluster::Node: record {
		node_type: NodeType;
		ip: addr;
		p: port &optional;
		manager: string &optional;
	};

	## The nodes by name.
	const nodes: table[string] of Node = {} &redef;

	## This node's name.
	const node = getenv("CLUSTER_NODE") &redef;

	global is_enabled: function(): bool;
	global local_node_type: function(): NodeType;
}

function is_enabled(): bool
	{
	return node != "";
	}

function local_node_type(): NodeType
	{
	return is_enabled() && node in nodes ? nodes[node]$node_type : NONE;
	}
