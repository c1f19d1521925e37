# What this sensor does besides the default scripts. Check changes with "tandemctl check", and put them into effect with
# "tandemctl deploy".

# Logs in JSON instead of tables.
# @load tuning/json-logs

# Join connections with what osquery hosts tell.
# @load osquery
