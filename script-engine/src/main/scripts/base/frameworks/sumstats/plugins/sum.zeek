##! The sum of the observed numbers.

@load ../main

module SumStats;

export {
	redef enum SumStats::Calculation += { SUM };

	redef record SumStats::ResultVal += {
		sum: double &default=0.0;
	};
}

hook register_observe_plugins()
	{
	register_observe_plugin(SUM, function(r: SumStats::Reducer, val: double, obs: SumStats::Observation, rv: SumStats::ResultVal)
		{
		rv$sum += val;
		});
	}

hook compose_resultvals_hook(result: SumStats::ResultVal, rv1: SumStats::ResultVal, rv2: SumStats::ResultVal)
	{
	result$sum = rv1$sum + rv2$sum;
	}
