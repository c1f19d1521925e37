##! Tells how long rows of LoadAgent take from being sent to their event, every 5 seconds: how many, and the p50 and p99.

module Load;

export {
	global row: event(info: osquery::ResultInfo, pid: int, cmdline: string, start_time: double, load_row: int);
	global report: event();
}

# How many took so many milliseconds, in steps of 10.
global taken: table[count] of count &default=0;
global rows = 0;

event Load::row(info: osquery::ResultInfo, pid: int, cmdline: string, start_time: double, load_row: int)
	{
	local ms = (time_to_double(current_time()) - start_time) * 1000.0;
	++taken[ms < 0.0 ? 0 : double_to_count(floor(ms / 10.0))];
	++rows;
	}

function quantile(share: double): count
	{
	local left = rows * share;
	local step = 0;
	while ( step < 6000 )
		{
		left -= taken[step];
		if ( left <= 0.0 )
			break;
		++step;
		}
	return step * 10 + 10;
	}

event Load::report()
	{
	if ( rows > 0 )
		print fmt("%d rows/s, p50 %d ms, p99 %d ms", rows / 5, quantile(0.5), quantile(0.99));
	clear_table(taken);
	rows = 0;
	schedule 5sec { Load::report() };
	}

event zeek_init()
	{
	osquery::subscribe([$ev=Load::row, $inter=1, $query="SELECT pid, cmdline, start_time, 1 AS load_row FROM processes"]);
	schedule 5sec { Load::report() };
	}
