##! The shards of one process (``--shards N``) are a cluster: a manager, which gets no packets, and the workers ``worker-1-1``
##! to ``worker-1-N``, each with its share. They find each other by saying hello, as nodes anywhere do.

@load ./main

module Cluster;

function shard_nodes(workers: count): table[string] of Node
	{
	local all: table[string] of Node = table();
	all["manager"] = Node($node_type=MANAGER, $ip=127.0.0.1);

	while ( workers > 0 )
		{
		all[fmt("worker-1-%d", workers)] = Node($node_type=WORKER, $ip=127.0.0.1, $manager="manager");
		--workers;
		}

	return all;
	}

redef Cluster::nodes = shard_nodes(to_count(getenv("TANDEM_SHARDS")));
redef peer_description = Cluster::node;

event zeek_init() &priority=-10
	{
	subscribe(node_topic(node));
	subscribe(nodeid_topic(node_id()));
	subscribe(local_node_type() == MANAGER ? manager_topic : worker_topic);

	Cluster::publish(manager_topic, hello, node, node_id());
	Cluster::publish(worker_topic, hello, node, node_id());
	}

# Whoever subscribed after the greeting has not heard it.
event Cluster::node_up(name: string, id: string)
	{
	Cluster::publish(node_topic(name), hello, node, node_id());
	}
