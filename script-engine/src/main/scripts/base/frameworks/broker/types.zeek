##! What the functions and events of ``Broker`` are about.

module Broker;

export {
	## How grave a message of the communication between nodes is.
	type Broker::LogSeverityLevel: enum {
		LOG_CRITICAL,
		LOG_ERROR,
		LOG_WARNING,
		LOG_INFO,
		LOG_VERBOSE,
		LOG_DEBUG
	};

	## What can go wrong.
	type Broker::ErrorCode: enum {
		NO_ERROR = 0,
		UNSPECIFIED = 1,
		PEER_INCOMPATIBLE = 2,
		PEER_INVALID = 3,
		PEER_UNAVAILABLE = 4,
		PEER_DISCONNECT_DURING_HANDSHAKE = 5,
		PEER_TIMEOUT = 6,
		MASTER_EXISTS = 7,
		NO_SUCH_MASTER = 8,
		NO_SUCH_KEY = 9,
		REQUEST_TIMEOUT = 10,
		TYPE_CLASH = 11,
		INVALID_DATA = 12,
		BACKEND_FAILURE = 13,
		STALE_DATA = 14,
		CANNOT_OPEN_FILE = 15,
		CANNOT_WRITE_FILE = 16,
		INVALID_TOPIC_KEY = 17,
		END_OF_FILE = 18,
		INVALID_TAG = 19,
		INVALID_STATUS = 20,
		CAF_ERROR = 100
	};

	## How far a peering is.
	type Broker::PeerStatus: enum {
		INITIALIZING,
		CONNECTING,
		CONNECTED,
		PEERED,
		DISCONNECTED,
		RECONNECTING
	};

	## Where a node is.
	type Broker::NetworkInfo: record {
		address: string &log;
		bound_port: port &log;
	};

	## A node.
	type Broker::EndpointInfo: record {
		id: string;
		network: NetworkInfo &optional;
	};

	## A node that this one is connected with.
	type Broker::PeerInfo: record {
		peer: EndpointInfo;
		status: PeerStatus;
		## Whether this node connected to that one.
		is_outbound: bool;
	};

	type Broker::PeerInfos: vector of PeerInfo;

	## A value whose type nobody declared: from another node, or made for one. Cast it, ``d as string``, or switch by type.
	type Broker::Data: record {
		data: opaque of Broker::Data &optional;
	};

	type Broker::DataVector: vector of Broker::Data;

	## Kinds of :zeek:type:`Broker::Data`. Records are vectors.
	type Broker::DataType: enum {
		NONE,
		BOOL,
		INT,
		COUNT,
		DOUBLE,
		STRING,
		ADDR,
		SUBNET,
		PORT,
		TIME,
		INTERVAL,
		ENUM,
		SET,
		TABLE,
		VECTOR
	};

	## An event ready to be sent.
	type Broker::Event: record {
		## Unset when the arguments were not those of the event.
		name: string &optional;
		args: DataVector;
	};

	## An entry of a table.
	type Broker::TableItem: record {
		key: Broker::Data;
		val: Broker::Data;
	};
}
