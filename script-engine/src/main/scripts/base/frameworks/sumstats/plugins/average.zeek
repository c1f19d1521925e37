##! The mean of the observed numbers.

@load ../main

module SumStats;

export {
	redef enum SumStats::Calculation += { AVERAGE };

	redef record SumStats::ResultVal += {
		average: double &optional;
	};
}

hook register_observe_plugins()
	{
	register_observe_plugin(AVERAGE, function(r: SumStats::Reducer, val: double, obs: SumStats::Observation, rv: SumStats::ResultVal)
		{
		rv$average = rv?$average ? rv$average + (val - rv$average) / rv$num : val;
		});
	}

hook compose_resultvals_hook(result: SumStats::ResultVal, rv1: SumStats::ResultVal, rv2: SumStats::ResultVal)
	{
	if ( rv1?$average && rv2?$average )
		result$average = (rv1$average * rv1$num + rv2$average * rv2$num) / (rv1$num + rv2$num);
	else if ( rv1?$average )
		result$average = rv1$average;
	else if ( rv2?$average )
		result$average = rv2$average;
	}
