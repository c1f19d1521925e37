@load ./where-locations
@load ./conn-established
@load ./http-headers
@load ./http-url
@load ./file-hashes
@load ./file-names
