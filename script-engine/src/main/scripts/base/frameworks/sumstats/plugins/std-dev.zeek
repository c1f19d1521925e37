##! The standard deviation of the observed numbers.

@load ./variance

module SumStats;

export {
	redef enum SumStats::Calculation += { STD_DEV };

	redef record SumStats::ResultVal += {
		std_dev: double &default=0.0;
	};
}

function settle_std_dev(rv: SumStats::ResultVal)
	{
	if ( rv?$variance )
		rv$std_dev = sqrt(rv$variance);
	}

hook register_observe_plugins() &priority=-10
	{
	register_observe_plugin(STD_DEV, function(r: SumStats::Reducer, val: double, obs: SumStats::Observation, rv: SumStats::ResultVal)
		{
		settle_std_dev(rv);
		});
	add_observe_plugin_dependency(STD_DEV, VARIANCE);
	}

hook compose_resultvals_hook(result: SumStats::ResultVal, rv1: SumStats::ResultVal, rv2: SumStats::ResultVal) &priority=-10
	{
	settle_std_dev(result);
	}
