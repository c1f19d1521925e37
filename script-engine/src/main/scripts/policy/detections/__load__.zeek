##! Detections that need both sides: what the network shows, and what the hosts tell.

@load ./ssh-chain
@load ./download-executed
@load ./exfiltration
@load ./beacon
@load ./listening-service
@load ./gone-executable
@load ./root-outside
