@load ./main
@load ./writers/ascii
@load ./writers/sqlite
@load ./writers/none
