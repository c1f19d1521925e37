##! Several queries in one call, as in 2018: a vector of queries, for some hosts or groups.

global program: event(info: osquery::ResultInfo, name: string);
global user: event(info: osquery::ResultInfo, username: string);

event program(info: osquery::ResultInfo, name: string)
	{
	print info$host, "program", name;
	}

event user(info: osquery::ResultInfo, username: string)
	{
	print info$host, "user", username;
	}

event bro_init()
	{
	local queries: vector of osquery::Query = vector();
	queries[|queries|] = [$ev=program, $query="SELECT name FROM processes"];
	queries[|queries|] = [$ev=user, $query="SELECT username FROM users"];

	osquery::set_host_group(10.0.0.0/24, "office");
	osquery::subscribe_multiple(queries, vector("h2"), vector("office"));
	}
