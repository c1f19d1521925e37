##! Software that speaks HTTP, by the headers with which it tells of itself.

@load base/frameworks/software

module HTTP;

export {
	redef enum Software::Type += {
		## A server, what makes its pages, a browser.
		SERVER,
		APPSERVER,
		BROWSER
	};

	## User-Agent headers to pass over.
	option ignored_user_agents = /NO_DEFAULT/;
}

function found_server(c: connection, kind: Software::Type, text: string)
	{
	Software::found(c$id, Software::Info($host=c$id$resp_h, $host_p=c$id$resp_p, $software_type=kind,
	    $unparsed_version=text));
	}

event http_header(c: connection, is_orig: bool, name: string, value: string) &priority=2
	{
	if ( is_orig )
		{
		if ( name == "USER-AGENT" && ignored_user_agents !in value )
			Software::found(c$id, Software::Info($host=c$id$orig_h, $software_type=BROWSER, $unparsed_version=value));

		return;
		}

	switch ( name )
		{
		case "SERVER":
			found_server(c, SERVER, value);
			break;
		case "X-POWERED-BY":
			found_server(c, APPSERVER, value);
			break;
		case "MICROSOFTSHAREPOINTTEAMSERVICES":
			# The header has the number alone.
			found_server(c, APPSERVER, "SharePoint/" + value);
			break;
		}
	}
