##! The last observations.

@load ../main
@load base/utils/queue

module SumStats;

export {
	redef enum SumStats::Calculation += { LAST };

	redef record SumStats::Reducer += {
		## How many are kept.
		num_last_elements: count &default=0;
	};

	redef record SumStats::ResultVal += {
		last_elements: Queue::Queue &optional;
	};

	## Them, oldest first.
	global get_last: function(rv: SumStats::ResultVal): vector of SumStats::Observation;
}

function get_last(rv: SumStats::ResultVal): vector of SumStats::Observation
	{
	local kept: vector of any = vector();
	if ( rv?$last_elements )
		Queue::get_vector(rv$last_elements, kept);

	local all: vector of SumStats::Observation = vector();
	for ( i in kept )
		all += kept[i] as SumStats::Observation;

	return all;
	}

hook register_observe_plugins()
	{
	register_observe_plugin(LAST, function(r: SumStats::Reducer, val: double, obs: SumStats::Observation, rv: SumStats::ResultVal)
		{
		if ( r$num_last_elements == 0 )
			return;

		if ( ! rv?$last_elements )
			rv$last_elements = Queue::init([$max_len=r$num_last_elements]);

		Queue::put(rv$last_elements, obs);
		});
	}

hook compose_resultvals_hook(result: SumStats::ResultVal, rv1: SumStats::ResultVal, rv2: SumStats::ResultVal)
	{
	if ( rv1?$last_elements && rv2?$last_elements )
		result$last_elements = Queue::merge(rv1$last_elements, rv2$last_elements);
	else if ( rv1?$last_elements )
		result$last_elements = rv1$last_elements;
	else if ( rv2?$last_elements )
		result$last_elements = rv2$last_elements;
	}
