##! Shows addresses, names and software in the headers of HTTP requests to the intelligence framework. Handlers are in groups
##! by kind, such as ``Intel::DOMAIN``: a site without such indicators may disable them (:zeek:id:`disable_event_group`).

@load base/frameworks/intel
@load base/utils/addrs
@load ./where-locations

function host_without_port(value: string): string
	{
	return gsub(value, /:[0-9]+$/, "");
	}

event http_header(c: connection, is_orig: bool, name: string, value: string) &group="Intel::ADDR"
	{
	if ( ! is_orig )
		return;

	if ( name == "HOST" )
		{
		local host = host_without_port(value);
		if ( is_valid_ip(host) )
			Intel::seen(Intel::Seen($host=to_addr(host), $conn=c, $where=HTTP::IN_HOST_HEADER));
		}
	else if ( name == "X-FORWARDED-FOR" )
		{
		# More than one when there was more than one proxy.
		for ( _, text in extract_ip_addresses(value) )
			Intel::seen(Intel::Seen($host=to_addr(text), $conn=c, $where=HTTP::IN_X_FORWARDED_FOR_HEADER));
		}
	}

event http_header(c: connection, is_orig: bool, name: string, value: string) &group="Intel::DOMAIN"
	{
	if ( ! is_orig || name != "HOST" )
		return;

	local host = host_without_port(value);
	if ( ! is_valid_ip(host) )
		Intel::seen(Intel::Seen($indicator=host, $indicator_type=Intel::DOMAIN, $conn=c, $where=HTTP::IN_HOST_HEADER));
	}

event http_header(c: connection, is_orig: bool, name: string, value: string) &group="Intel::URL"
	{
	if ( is_orig && name == "REFERER" )
		Intel::seen(Intel::Seen($indicator=sub(value, /^.*:\/\//, ""), $indicator_type=Intel::URL, $conn=c,
		    $where=HTTP::IN_REFERRER_HEADER));
	}

event http_header(c: connection, is_orig: bool, name: string, value: string) &group="Intel::SOFTWARE"
	{
	if ( is_orig && name == "USER-AGENT" )
		Intel::seen(Intel::Seen($indicator=value, $indicator_type=Intel::SOFTWARE, $conn=c,
		    $where=HTTP::IN_USER_AGENT_HEADER));
	}
