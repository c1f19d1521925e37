@load ./dpd
