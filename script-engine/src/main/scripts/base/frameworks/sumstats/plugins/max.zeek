##! The largest of the observed numbers.

@load ../main

module SumStats;

export {
	redef enum SumStats::Calculation += { MAX };

	redef record SumStats::ResultVal += {
		max: double &optional;
	};
}

hook register_observe_plugins()
	{
	register_observe_plugin(MAX, function(r: SumStats::Reducer, val: double, obs: SumStats::Observation, rv: SumStats::ResultVal)
		{
		if ( ! rv?$max || val > rv$max )
			rv$max = val;
		});
	}

hook compose_resultvals_hook(result: SumStats::ResultVal, rv1: SumStats::ResultVal, rv2: SumStats::ResultVal)
	{
	if ( rv1?$max )
		result$max = rv1$max;

	if ( rv2?$max && (! result?$max || rv2$max > result$max) )
		result$max = rv2$max;
	}
