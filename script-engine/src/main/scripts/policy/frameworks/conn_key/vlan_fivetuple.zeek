##! Tells connections in different VLANs apart even if addresses and ports are the same, as where tenants use the same
##! private addresses.

redef record conn_id_ctx += {
	## Outer VLAN.
	vlan: int &log &optional;
	## Inner VLAN of a double tag.
	inner_vlan: int &log &optional;
};

redef ConnKey::factory = ConnKey::CONNKEY_VLAN_FIVETUPLE;
