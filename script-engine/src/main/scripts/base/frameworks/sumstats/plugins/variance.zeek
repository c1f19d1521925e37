##! The sample variance of the observed numbers, kept up to date by Welford's method.

@load ./average

module SumStats;

export {
	redef enum SumStats::Calculation += { VARIANCE };

	redef record SumStats::ResultVal += {
		variance: double &optional;
	};
}

redef record SumStats::ResultVal += {
	# Sum of the squared distances from the mean, and the mean before the last observation.
	var_s: double &default=0.0;
	prev_avg: double &optional;
};

function settle_variance(rv: SumStats::ResultVal)
	{
	rv$variance = rv$num > 1 ? rv$var_s / (rv$num - 1) : 0.0;
	}

hook register_observe_plugins() &priority=-5
	{
	register_observe_plugin(VARIANCE, function(r: SumStats::Reducer, val: double, obs: SumStats::Observation, rv: SumStats::ResultVal)
		{
		if ( rv?$prev_avg )
			rv$var_s += (val - rv$prev_avg) * (val - rv$average);

		rv$prev_avg = rv$average;
		settle_variance(rv);
		});
	add_observe_plugin_dependency(VARIANCE, AVERAGE);
	}

# Behind the average.
hook compose_resultvals_hook(result: SumStats::ResultVal, rv1: SumStats::ResultVal, rv2: SumStats::ResultVal) &priority=-5
	{
	result$var_s = rv1$var_s + rv2$var_s;
	if ( rv1?$average && rv2?$average )
		{
		local apart = rv1$average - rv2$average;
		result$var_s += apart * apart * rv1$num * rv2$num / (rv1$num + rv2$num);
		}

	if ( result?$average )
		result$prev_avg = result$average;

	settle_variance(result);
	}
