##! What a cluster is made of.

module Cluster;

export {
	## What a node is for.
	type Cluster::NodeType: enum {
		## This node is in no cluster.
		NONE,
		## Looks at other nodes and directs them.
		CONTROL,
		## Writes the logs of all.
		LOGGER,
		## Decides for all.
		MANAGER,
		## Keeps state that workers share.
		PROXY,
		## Analyzes packets.
		WORKER
	};

	## A node.
	type Cluster::Node: record {
		node_type: NodeType;
		ip: addr;
		## Which interface *ip* is at, when that does not say it.
		zone_id: string &default="";
		## Where it listens for others; ``0/unknown`` when it does not.
		p: port &default=0/unknown;
		## The name of its manager.
		manager: string &optional;
		## What it calls itself; set while it is connected.
		id: string &optional;
		## Where it tells its metrics.
		metrics_port: port &optional;
	};

	## A node and its name.
	type Cluster::NamedNode: record {
		name: string;
		node: Node;
	};

	## An event ready to be sent.
	type Cluster::Event: record {
		## Unset when the arguments were not those of the event.
		ev: any;
		args: vector of any;
	};

	## Where an endpoint is.
	type Cluster::NetworkInfo: record {
		address: string;
		bound_port: port;
	};

	## A client of the WebSocket endpoint.
	type Cluster::EndpointInfo: record {
		id: string;
		network: NetworkInfo;
		## What it called itself in the header X-Application-Name.
		application_name: string &optional;
	};

	## TLS of a WebSocket endpoint: with both files, or without.
	type Cluster::WebSocketTLSOptions: record {
		cert_file: string &optional;
		key_file: string &optional;
		## Whether clients must have a certificate.
		enable_peer_verification: bool &default=F;
		## Whose certificates theirs may be signed with.
		ca_file: string &default="";
		ciphers: string &default="";
	};

	## How many events of a client may wait.
	const default_websocket_max_event_queue_size = 32 &redef;

	## How often clients are asked whether they are there.
	const default_websocket_ping_interval = 5 sec &redef;

	## A WebSocket endpoint.
	type Cluster::WebSocketServerOptions: record {
		listen_addr: addr &optional;
		listen_port: port;
		max_event_queue_size: count &default=default_websocket_max_event_queue_size;
		## Below zero they are not asked.
		ping_interval: interval &default=default_websocket_ping_interval;
		tls_options: WebSocketTLSOptions &default=WebSocketTLSOptions();
	};
}
