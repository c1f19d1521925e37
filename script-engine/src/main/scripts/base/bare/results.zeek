##! What built-in functions take and give besides plain values.

## Where an FTP command says that data will go.
type ftp_port: record {
	h: addr;
	p: port;
	## Whether the command could be read.
	valid: bool;
};

## How str_smith_waterman() compares.
type sw_params: record {
	## Shorter common parts do not count.
	min_strlen: count &default=3;
	## 0 finds one alignment, 1 all of them.
	sw_variant: count &default=0;
};

## Where in a string a common part begins.
type sw_align: record {
	str: string;
	index: count;
};

type sw_align_vec: vector of sw_align;

## A common part of strings.
type sw_substring: record {
	str: string;
	aligns: sw_align_vec;
	## Whether an alignment begins here.
	new: bool;
};

type sw_substring_vec: vector of sw_substring;
