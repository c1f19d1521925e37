##! Intelligence in a cluster: the manager has all of it and tells the workers which indicators there are; they tell it what
##! they saw of those.

@load ./main
@load base/frameworks/cluster

module Intel;

# From a worker to the manager; from the manager to the workers.
global insert_item: event(item: Item) &is_used;
global insert_indicator: event(item: Item) &is_used;
global new_min_data_store: event(store: MinDataStore) &is_used;

# Whether a worker that comes up is told of all indicators.
const send_store_on_node_up = T &redef;

@if ( Cluster::local_node_type() != Cluster::MANAGER )
redef have_full_data = F;
@endif

@if ( Cluster::local_node_type() == Cluster::MANAGER )

event Cluster::node_up(name: string, id: string)
	{
	if ( send_store_on_node_up && name in Cluster::nodes && Cluster::nodes[name]$node_type == Cluster::WORKER )
		Cluster::publish(Cluster::node_topic(name), new_min_data_store, min_data_store);
	}

event new_item(item: Item) &priority=5
	{
	# A proxy passes it on, where there is one.
	local topic = Cluster::rr_topic(Cluster::proxy_pool, "intel_insert");
	Cluster::publish(topic == "" ? Cluster::worker_topic : topic, insert_indicator, item);
	}

event remove_indicator(item: Item)
	{
	Cluster::publish(Cluster::worker_topic, remove_indicator, item);
	}

event insert_item(item: Intel::Item) &priority=5
	{
	_insert(item, T);
	}

event remove_item(item: Item, purge_indicator: bool) &priority=5
	{
	remove(item, purge_indicator);
	}

event match_remote(s: Seen) &priority=5
	{
	# It may be gone since.
	if ( find(s) )
		event match(s, get_items(s));
	}

@endif

@if ( Cluster::local_node_type() == Cluster::PROXY )

event insert_indicator(item: Intel::Item) &priority=5
	{
	Cluster::publish(Cluster::worker_topic, insert_indicator, item);
	}

@endif

@if ( Cluster::local_node_type() == Cluster::WORKER )

event new_item(item: Intel::Item) &priority=5
	{
	Cluster::publish(Cluster::manager_topic, insert_item, item);
	}

event remove_item(item: Item, purge_indicator: bool)
	{
	Cluster::publish(Cluster::manager_topic, remove_item, item, purge_indicator);
	}

event match_remote(s: Seen)
	{
	Cluster::publish(Cluster::manager_topic, match_remote, s);
	}

event insert_indicator(item: Intel::Item) &priority=5
	{
	_insert(item, F);
	}

function tell_all(store: MinDataStore, told: hook(indicator: string, indicator_type: Intel::Type))
	{
	for ( host in store$host_data )
		hook told(cat(host), ADDR);

	for ( net in store$subnet_data )
		hook told(cat(net), SUBNET);

	for ( [text, kind] in store$string_data )
		hook told(text, kind);
	}

event new_min_data_store(store: MinDataStore)
	{
	tell_all(min_data_store, indicator_removed);
	min_data_store = store;
	tell_all(min_data_store, indicator_inserted);
	}

@endif
