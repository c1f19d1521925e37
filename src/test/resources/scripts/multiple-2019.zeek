##! One query for several targets, as in 2019.

event user(info: osquery::ResultInfo, username: string)
	{
	print info$host, "user", username;
	}

event zeek_init()
	{
	local query: osquery::Query = [$ev=user, $query="SELECT username FROM users"];

	osquery::join_multiple(vector(10.0.0.0/24, 10.0.1.0/24), "office");
	osquery::subscribe_multiple(query, vector("h2", "h3"), vector("office"));
	}
