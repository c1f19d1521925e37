##! Work that is spread over nodes: a pool is a number of nodes of one kind, and each piece of work goes to one of them, by its
##! key or in turn.

@load ./main
@load base/utils/hash_hrw

module Cluster;

export {
	## A node's place in a pool.
	type Cluster::PoolNode: record {
		name: string;
		## What *site_id* is made of.
		alias: string;
		site_id: count;
		alive: bool &default=F;
		## Where it is spoken to.
		topic: string;
	};

	## What a pool is to be.
	type Cluster::PoolSpec: record {
		## The topic of the whole pool.
		topic: string;
		node_type: Cluster::NodeType;
		## All of that kind when unset.
		max_nodes: count &optional;
		## Whether its nodes are in no other pool. Wants *max_nodes*.
		exclusive: bool &default=F;
	};

	type Cluster::PoolNodeTable: table[string] of PoolNode;
	type Cluster::RoundRobinTable: table[string] of int;

	type Cluster::Pool: record {
		spec: PoolSpec;
		## By name.
		nodes: PoolNodeTable &default=PoolNodeTable();
		## In the order in which turns are taken.
		node_list: vector of PoolNode &default=vector();
		hrw_pool: HashHRW::Pool &default=HashHRW::Pool();
		## Whose turn it is, by key.
		rr_key_seq: RoundRobinTable &default=RoundRobinTable();
		alive_count: count &default=0;
	};

	global proxy_pool_spec = PoolSpec($topic="zeek/cluster/pool/proxy", $node_type=Cluster::PROXY) &redef;
	global worker_pool_spec = PoolSpec($topic="zeek/cluster/pool/worker", $node_type=Cluster::WORKER) &redef;
	global logger_pool_spec = PoolSpec($topic="zeek/cluster/pool/logger", $node_type=Cluster::LOGGER) &redef;

	global proxy_pool: Pool;
	global worker_pool: Pool;
	global logger_pool: Pool;

	## Makes a pool. To be called in ``zeek_init``, at a priority above -5.
	global register_pool: function(spec: PoolSpec): Pool;

	## The topic of the node that a key belongs to; empty when none is up.
	global hrw_topic: function(pool: Pool, key: any): string;

	## The topic of the node whose turn it is; empty when none is up. Each key takes turns of its own.
	global rr_topic: function(pool: Pool, key: string &default=""): string;

	## The topic of the logger whose turn it is.
	global rr_log_topic: function(id: Log::ID, path: string): string;
}

global registered_pools: vector of Pool = vector();

function register_pool(spec: PoolSpec): Pool
	{
	local pool = Pool($spec=spec);
	registered_pools += pool;
	return pool;
	}

function hrw_topic(pool: Pool, key: any): string
	{
	if ( |pool$hrw_pool$sites| == 0 )
		return "";

	local owner: PoolNode = HashHRW::get_site(pool$hrw_pool, key)$user_data;
	return owner$topic;
	}

function rr_topic(pool: Pool, key: string): string
	{
	local all = |pool$node_list|;
	local turn: count = key in pool$rr_key_seq ? int_to_count(pool$rr_key_seq[key]) : 0;
	local tried = 0;

	while ( tried < all )
		{
		local n = pool$node_list[turn % all];
		turn = (turn + 1) % all;
		++tried;

		if ( n$alive )
			{
			pool$rr_key_seq[key] = turn;
			return n$topic;
			}
		}

	return "";
	}

function rr_log_topic(id: Log::ID, path: string): string
	{
	local topic = rr_topic(logger_pool, "Cluster::rr_log_topic");
	return topic != "" ? topic : Broker::default_log_topic(id, path);
	}

function is_site_taken(pool: Pool, site_id: count): bool
	{
	for ( _, n in pool$nodes )
		if ( n$site_id == site_id )
			return T;

	return F;
	}

## Makes a node a member of a pool; F when it is.
function init_pool_node(pool: Pool, name: string): bool
	{
	if ( name in pool$nodes )
		return F;

	local attempt = 0;
	local alias = fmt("%s.0", name);

	while ( is_site_taken(pool, fnv1a32(alias)) )
		alias = fmt("%s.%d", name, ++attempt);

	local n = PoolNode($name=name, $alias=alias, $site_id=fnv1a32(alias), $alive=Cluster::node == name,
	    $topic=node_topic(name));
	pool$nodes[name] = n;
	pool$node_list += n;

	if ( n$alive )
		++pool$alive_count;

	return T;
	}

## F when it is no member.
function mark_pool_node_alive(pool: Pool, name: string): bool
	{
	if ( name !in pool$nodes )
		return F;

	local n = pool$nodes[name];

	if ( ! n$alive )
		++pool$alive_count;

	n$alive = T;
	HashHRW::add_site(pool$hrw_pool, HashHRW::Site($id=n$site_id, $user_data=n));
	return T;
	}

## F when it is no member.
function mark_pool_node_dead(pool: Pool, name: string): bool
	{
	if ( name !in pool$nodes )
		return F;

	local n = pool$nodes[name];

	if ( n$alive )
		--pool$alive_count;

	n$alive = F;
	HashHRW::rem_site(pool$hrw_pool, HashHRW::Site($id=n$site_id, $user_data=n));
	return T;
	}

event node_up(name: string, id: string) &priority=10
	{
	for ( i in registered_pools )
		mark_pool_node_alive(registered_pools[i], name);
	}

event node_down(name: string, id: string) &priority=10
	{
	for ( i in registered_pools )
		mark_pool_node_dead(registered_pools[i], name);
	}

event zeek_init()
	{
	worker_pool = register_pool(worker_pool_spec);
	proxy_pool = register_pool(proxy_pool_spec);
	logger_pool = register_pool(logger_pool_spec);
	}

function eligible(node_type: NodeType): vector of string
	{
	local names: vector of string = vector();

	for ( i, n in nodes_with_type(node_type) )
		names += n$name;

	if ( node_type == LOGGER && manager_is_logger )
		for ( i, n in nodes_with_type(MANAGER) )
			names += n$name;

	return names;
	}

# Exclusive pools choose first; the others share what is left, each going on where the one before it stopped.
event zeek_init() &priority=-5
	{
	if ( ! is_enabled() )
		return;

	# Whatever the order in which scripts made them, all nodes must come to the same result.
	sort(registered_pools, function(a: Pool, b: Pool): int { return strcmp(a$spec$topic, b$spec$topic); });

	local free: table[NodeType] of vector of string;
	local turn: table[NodeType] of count;
	local i: count;

	for ( i in registered_pools )
		{
		local spec = registered_pools[i]$spec;

		if ( spec$node_type !in free )
			{
			free[spec$node_type] = eligible(spec$node_type);
			turn[spec$node_type] = 0;
			}

		if ( ! spec$exclusive )
			next;

		if ( ! spec?$max_nodes )
			Reporter::fatal("Cluster::PoolSpec 'max_nodes' field must be set when using the 'exclusive' flag");

		local names = free[spec$node_type];

		if ( spec$max_nodes > |names| )
			Reporter::fatal(fmt("not enough %s nodes to satisfy pool exclusivity requirements: need %d nodes",
			    spec$node_type, spec$max_nodes));

		local left: vector of string = vector();

		for ( j, name in names )
			if ( j < spec$max_nodes )
				init_pool_node(registered_pools[i], name);
			else
				left += name;

		free[spec$node_type] = left;
		}

	for ( i in registered_pools )
		{
		local shared = registered_pools[i];

		if ( shared$spec$exclusive )
			next;

		local node_type = shared$spec$node_type;
		local candidates = free[node_type];
		local wanted = |candidates|;

		if ( shared$spec?$max_nodes && shared$spec$max_nodes < wanted )
			wanted = shared$spec$max_nodes;

		while ( |shared$nodes| < wanted )
			{
			init_pool_node(shared, candidates[turn[node_type] % |candidates|]);
			++turn[node_type];
			}
		}
	}
