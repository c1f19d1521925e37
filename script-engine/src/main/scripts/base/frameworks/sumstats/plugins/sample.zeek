##! Some of the observations, each as likely as any other (a reservoir).

@load ../main

module SumStats;

export {
	redef enum SumStats::Calculation += { SAMPLE };

	redef record SumStats::Reducer += {
		## How many are kept.
		num_samples: count &default=0;
	};

	redef record SumStats::ResultVal += {
		samples: vector of SumStats::Observation &default=vector();
		## How many they stand for.
		sample_elements: count &default=0;
	};
}

redef record SumStats::ResultVal += {
	num_samples: count &default=0;
};

hook init_resultval_hook(r: SumStats::Reducer, rv: SumStats::ResultVal)
	{
	if ( SAMPLE in r$apply )
		rv$num_samples = r$num_samples;
	}

function take_sample(rv: SumStats::ResultVal, obs: SumStats::Observation)
	{
	++rv$sample_elements;
	if ( |rv$samples| < rv$num_samples )
		{
		rv$samples += obs;
		return;
		}

	local place = rand(rv$sample_elements);
	if ( place < rv$num_samples )
		rv$samples[place] = obs;
	}

hook register_observe_plugins()
	{
	register_observe_plugin(SAMPLE, function(r: SumStats::Reducer, val: double, obs: SumStats::Observation, rv: SumStats::ResultVal)
		{
		take_sample(rv, obs);
		});
	}

hook compose_resultvals_hook(result: SumStats::ResultVal, rv1: SumStats::ResultVal, rv2: SumStats::ResultVal)
	{
	if ( rv1$num_samples != rv2$num_samples )
		{
		Reporter::error("Merging sample sets with differing sizes is not supported");
		return;
		}

	result$num_samples = rv1$num_samples;

	# A set that is not full holds all it stands for: its elements are sampled into the other.
	local base = |rv1$samples| < rv1$num_samples ? rv2 : rv1;
	local other = |rv1$samples| < rv1$num_samples ? rv1 : rv2;
	result$samples = copy(base$samples);
	result$sample_elements = base$sample_elements;
	if ( |other$samples| < other$num_samples )
		{
		for ( i in other$samples )
			take_sample(result, other$samples[i]);
		return;
		}

	# Two full ones: each place goes to a side by the number it stands for.
	result$sample_elements += other$sample_elements;
	for ( j in other$samples )
		if ( rand(result$sample_elements) < other$sample_elements )
			result$samples[j] = other$samples[j];
	}
