##! What is loaded unless ``-b`` says otherwise.

@load base/misc/server-ports

@load base/misc/find-checksum-offloading

@load base/utils/addrs
@load base/utils/conn-ids
@load base/utils/directions-and-hosts
@load base/utils/email
@load base/utils/files
@load base/utils/geoip-distance
@load base/utils/hash_hrw
@load base/utils/numbers
@load base/utils/packages
@load base/utils/paths
@load base/utils/patterns
@load base/utils/queue
@load base/utils/site
@load base/utils/strings
@load base/utils/thresholds
@load base/utils/time
@load base/utils/urls

@load base/frameworks/analyzer
@load base/frameworks/hosts
@load base/frameworks/cluster
@load base/frameworks/files
@load base/frameworks/notice
@load base/frameworks/packet-filter
@load base/frameworks/reporter
@load base/frameworks/tunnels

@load base/protocols/conn
@load base/protocols/http
@load base/protocols/tunnels

@load base/files/extract
@load base/files/hash
