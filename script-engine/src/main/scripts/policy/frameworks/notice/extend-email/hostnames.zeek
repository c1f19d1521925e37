##! Mails about notices name the hosts behind the addresses.

@load base/frameworks/notice/main

module Notice;

# Adds a line with the name of a host, for which mail waits.
function add_name(n: Notice::Info, a: addr, label: string)
	{
	local token = cat("hostnames-", label);
	add n$email_delay_tokens[token];

	# Without a timeout: when no name comes, the mail goes without it, and says so in reporter.log.
	when [n, a, label, token] ( local name = lookup_addr(a) )
		{
		n$email_body_sections += fmt("%s hostname: %s\n", label == "src" ? "orig/src" : "resp/dst", name);
		delete n$email_delay_tokens[token];
		}
	}

# Behind those who choose recipients, before the mail is sent.
hook notice(n: Notice::Info) &priority=-1
	{
	if ( |n$email_dest| == 0 )
		return;

	if ( n?$src )
		add_name(n, n$src, "src");

	if ( n?$dst )
		add_name(n, n$dst, "dst");
	}
