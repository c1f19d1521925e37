##! First in, first out.

module Queue;

export {
	type Queue::Settings: record {
		## Putting more drops the oldest.
		max_len: count &optional;
	};

	type Queue::Queue: record {};

	global init: function(s: Settings &default=[]): Queue;
	global put: function(q: Queue, val: any);

	## Takes the oldest; an error when there is none.
	global get: function(q: Queue): any;

	## Looks at the oldest.
	global peek: function(q: Queue): any;

	## A new queue of what both hold, taking turns.
	global merge: function(q1: Queue, q2: Queue): Queue;

	global len: function(q: Queue): count;

	## Appends all that it holds to *ret*, oldest first.
	global get_vector: function(q: Queue, ret: vector of any);
}

redef record Queue += {
	vals: table[count] of any &default=table();
	settings: Settings &optional;
	# Number of the oldest, and of the next to come.
	first: count &default=0;
	next_one: count &default=0;
};

function init(s: Settings &default=[]): Queue
	{
	return Queue($settings=copy(s));
	}

function len(q: Queue): count
	{
	return q$next_one - q$first;
	}

function get(q: Queue): any
	{
	local val = q$vals[q$first];
	delete q$vals[q$first];
	++q$first;
	return val;
	}

function put(q: Queue, val: any)
	{
	if ( q$settings?$max_len && len(q) >= q$settings$max_len )
		get(q);

	q$vals[q$next_one] = val;
	++q$next_one;
	}

function peek(q: Queue): any
	{
	return q$vals[q$first];
	}

function merge(q1: Queue, q2: Queue): Queue
	{
	local both = init(q1$settings);
	local i = 0;

	while ( i < len(q1) || i < len(q2) )
		{
		if ( i < len(q1) )
			put(both, q1$vals[q1$first + i]);

		if ( i < len(q2) )
			put(both, q2$vals[q2$first + i]);

		++i;
		}

	return both;
	}

function get_vector(q: Queue, ret: vector of any)
	{
	local i = q$first;

	while ( i < q$next_one )
		{
		ret[i - q$first] = q$vals[i];
		++i;
		}
	}
