##! The observations that occur most often. Read them with topk_get_top and its kin.

@load ../main

module SumStats;

export {
	redef record SumStats::Reducer += {
		## How many are watched at a time.
		topk_size: count &default=500;
	};

	redef enum SumStats::Calculation += { TOPK };

	redef record SumStats::ResultVal += {
		topk: opaque of topk &optional;
	};
}

hook init_resultval_hook(r: SumStats::Reducer, rv: SumStats::ResultVal)
	{
	if ( TOPK in r$apply && ! rv?$topk )
		rv$topk = topk_init(r$topk_size);
	}

hook register_observe_plugins()
	{
	register_observe_plugin(TOPK, function(r: SumStats::Reducer, val: double, obs: SumStats::Observation, rv: SumStats::ResultVal)
		{
		topk_add(rv$topk, obs);
		});
	}

hook compose_resultvals_hook(result: SumStats::ResultVal, rv1: SumStats::ResultVal, rv2: SumStats::ResultVal)
	{
	local like = rv1?$topk ? rv1 : rv2;
	if ( ! like?$topk )
		return;

	result$topk = topk_init(topk_size(like$topk));
	if ( rv1?$topk )
		topk_merge(result$topk, rv1$topk);
	if ( rv2?$topk )
		topk_merge(result$topk, rv2$topk);
	}
