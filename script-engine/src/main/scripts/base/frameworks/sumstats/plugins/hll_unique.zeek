##! About how many different observations there were, in little memory.

@load ../main

module SumStats;

export {
	redef record SumStats::Reducer += {
		hll_error_margin: double &default=0.01;
		## How probable it is that the estimate is within the margin.
		hll_confidence: double &default=0.95;
	};

	redef enum SumStats::Calculation += { HLL_UNIQUE };

	redef record SumStats::ResultVal += {
		hll_unique: count &default=0;
	};
}

redef record SumStats::ResultVal += {
	card: opaque of cardinality &optional;
	hll_error_margin: double &optional;
	hll_confidence: double &optional;
};

hook register_observe_plugins()
	{
	register_observe_plugin(HLL_UNIQUE, function(r: SumStats::Reducer, val: double, obs: SumStats::Observation, rv: SumStats::ResultVal)
		{
		if ( ! rv?$card )
			{
			rv$hll_error_margin = r$hll_error_margin;
			rv$hll_confidence = r$hll_confidence;
			rv$card = hll_cardinality_init(r$hll_error_margin, r$hll_confidence);
			}

		hll_cardinality_add(rv$card, obs);
		rv$hll_unique = double_to_count(hll_cardinality_estimate(rv$card));
		});
	}

hook compose_resultvals_hook(result: SumStats::ResultVal, rv1: SumStats::ResultVal, rv2: SumStats::ResultVal)
	{
	local like = rv1?$card ? rv1 : rv2;
	if ( ! like?$card )
		return;

	result$hll_error_margin = like$hll_error_margin;
	result$hll_confidence = like$hll_confidence;
	result$card = hll_cardinality_init(like$hll_error_margin, like$hll_confidence);
	if ( rv1?$card )
		hll_cardinality_merge_into(result$card, rv1$card);
	if ( rv2?$card )
		hll_cardinality_merge_into(result$card, rv2$card);

	result$hll_unique = double_to_count(hll_cardinality_estimate(result$card));
	}
