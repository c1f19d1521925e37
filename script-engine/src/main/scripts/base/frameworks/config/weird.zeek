##! Hands the options of weirds to the engine, which samples them, when they change.

@load ./main

module Config;

function set_unsampled_weirds(ID: string, new_value: set[string]): set[string]
	{
	Reporter::set_weird_sampling_whitelist(new_value);
	return new_value;
	}

function set_weird_threshold(ID: string, new_value: count): count
	{
	Reporter::set_weird_sampling_threshold(new_value);
	return new_value;
	}

function set_weird_rate(ID: string, new_value: count): count
	{
	Reporter::set_weird_sampling_rate(new_value);
	return new_value;
	}

function set_weird_duration(ID: string, new_value: interval): interval
	{
	Reporter::set_weird_sampling_duration(new_value);
	return new_value;
	}

event zeek_init() &priority=5
	{
	Option::set_change_handler("Weird::sampling_whitelist", set_unsampled_weirds, 5);
	Option::set_change_handler("Weird::sampling_threshold", set_weird_threshold, 5);
	Option::set_change_handler("Weird::sampling_rate", set_weird_rate, 5);
	Option::set_change_handler("Weird::sampling_duration", set_weird_duration, 5);
	}
