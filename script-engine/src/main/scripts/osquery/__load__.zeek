##! Monitored hosts: asks them by osquery, logs what they answer, and names the processes and users behind connections.

@load ./main
@load ./agents
@load ./logging
@load ./correlation
