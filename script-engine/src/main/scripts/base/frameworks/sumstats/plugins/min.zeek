##! The smallest of the observed numbers.

@load ../main

module SumStats;

export {
	redef enum SumStats::Calculation += { MIN };

	redef record SumStats::ResultVal += {
		min: double &optional;
	};
}

hook register_observe_plugins()
	{
	register_observe_plugin(MIN, function(r: SumStats::Reducer, val: double, obs: SumStats::Observation, rv: SumStats::ResultVal)
		{
		if ( ! rv?$min || val < rv$min )
			rv$min = val;
		});
	}

hook compose_resultvals_hook(result: SumStats::ResultVal, rv1: SumStats::ResultVal, rv2: SumStats::ResultVal)
	{
	if ( rv1?$min )
		result$min = rv1$min;

	if ( rv2?$min && (! result?$min || rv2$min < result$min) )
		result$min = rv2$min;
	}
