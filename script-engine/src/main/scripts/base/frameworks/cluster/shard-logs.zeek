##! Of what every shard of a process would log in the same way, the manager's rows are written. Loaded after all other
##! scripts.

@load ./main

@ifdef ( LoadedScripts::log_policy )
hook LoadedScripts::log_policy(rec: LoadedScripts::Info, id: Log::ID, filter: Log::Filter)
	{
	if ( Cluster::local_node_type() != Cluster::MANAGER )
		break;
	}
@endif

@ifdef ( PacketFilter::log_policy )
hook PacketFilter::log_policy(rec: PacketFilter::Info, id: Log::ID, filter: Log::Filter)
	{
	if ( Cluster::local_node_type() != Cluster::MANAGER )
		break;
	}
@endif
