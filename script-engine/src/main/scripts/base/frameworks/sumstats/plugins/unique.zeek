##! How many different observations there were, exactly: every one is kept.

@load ../main

module SumStats;

export {
	redef record SumStats::Reducer += {
		## Stops to count somewhat above this many.
		unique_max: count &optional;
	};

	redef enum SumStats::Calculation += { UNIQUE };

	redef record SumStats::ResultVal += {
		unique: count &default=0;
	};
}

redef record SumStats::ResultVal += {
	unique_max: count &optional;
	unique_vals: set[SumStats::Observation] &optional;
};

hook register_observe_plugins()
	{
	register_observe_plugin(UNIQUE, function(r: SumStats::Reducer, val: double, obs: SumStats::Observation, rv: SumStats::ResultVal)
		{
		if ( ! rv?$unique_vals )
			rv$unique_vals = set();
		if ( r?$unique_max )
			rv$unique_max = r$unique_max;

		if ( ! r?$unique_max || |rv$unique_vals| <= r$unique_max )
			add rv$unique_vals[obs];

		rv$unique = |rv$unique_vals|;
		});
	}

hook compose_resultvals_hook(result: SumStats::ResultVal, rv1: SumStats::ResultVal, rv2: SumStats::ResultVal)
	{
	if ( ! rv1?$unique_vals && ! rv2?$unique_vals )
		return;

	if ( rv1?$unique_max )
		result$unique_max = rv1$unique_max;
	else if ( rv2?$unique_max )
		result$unique_max = rv2$unique_max;

	result$unique_vals = rv1?$unique_vals ? copy(rv1$unique_vals) : set();
	if ( rv2?$unique_vals )
		for ( obs in rv2$unique_vals )
			{
			if ( result?$unique_max && |result$unique_vals| >= result$unique_max )
				break;

			add result$unique_vals[copy(obs)];
			}

	result$unique = |result$unique_vals|;
	}
