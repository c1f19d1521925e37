##! Small functions and state that scripts take for granted.

## True once no more packets will come.
global done_with_network = F;

event net_done(t: time)
	{
	done_with_network = T;
	}

function min_double(a: double, b: double): double
	{
	return b < a ? b : a;
	}

function max_double(a: double, b: double): double
	{
	return b > a ? b : a;
	}

function min_interval(a: interval, b: interval): interval
	{
	return b < a ? b : a;
	}

function max_interval(a: interval, b: interval): interval
	{
	return b > a ? b : a;
	}

function min_count(a: count, b: count): count
	{
	return b < a ? b : a;
	}

function max_count(a: count, b: count): count
	{
	return b > a ? b : a;
	}

## Leaves the keys of a JSON object as they are.
function from_json_default_key_mapper(s: string): string
	{
	return s;
	}

# How += works on the two lists that are strings.
function join_words(old: string, new: string): string
	{
	return old == "" ? new : cat(old, " ", new);
	}

## Interfaces to listen on, blanks between.
global interfaces = "" &add_func = join_words;

## Signature files to read, blanks between.
global signature_files = "" &add_func = join_words;
