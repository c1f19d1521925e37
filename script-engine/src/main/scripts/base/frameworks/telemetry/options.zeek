##! Options of the telemetry framework. Figures are not served over the network, so those about that have no effect.

module Telemetry;

export {
	const metrics_address = getenv("ZEEK_DEFAULT_LISTEN_ADDRESS") &redef;
	const metrics_port = 0/unknown &redef;

	## Label that names the node.
	const metrics_endpoint_label = "node" &redef;

	## This node's name.
	const metrics_endpoint_name = "" &redef;
}
