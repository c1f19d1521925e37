##! Mails alarms in a form made for people, once for each rotation of notice_alarm.log, instead of the log as it is.

@load base/frameworks/cluster
@load ../main

module Notice;

export {
	const pretty_print_alarms = T &redef;

	## Who gets them; empty for :zeek:id:`Notice::mail_dest`.
	const mail_dest_pretty_printed = "" &redef;

	## Alarms about these begin with one more ``>``, which mail readers highlight.
	global flag_nets: set[subnet] &redef;

	## Writes one alarm.
	global pretty_print_alarm: function(out: file, n: Info) &redef;

	## Writes the file even while a trace is read or nobody gets it.
	global force_email_summaries = F &redef;
}

const summary_name = "alarm-mail.txt";
global summary: file;
global summary_is_open = F;

function wants_summary(): bool
	{
	if ( force_email_summaries )
		return T;

	return pretty_print_alarms && (mail_dest != "" || mail_dest_pretty_printed != "") && ! reading_traces();
	}

function mail_summary(open_time: time, close_time: time)
	{
	if ( ! summary_is_open )
		return;

	write_file(summary, "\n\n--\n[Automatically generated]\n\n");
	close(summary);
	summary_is_open = F;

	local dest = mail_dest_pretty_printed == "" ? mail_dest : mail_dest_pretty_printed;

	if ( dest == "" )
		return;

	local subject = fmt("Alarm summary from %s-%s", strftime("%H:%M:%S", open_time), strftime("%H:%M:%S", close_time));
	local headers = summary_name + ".tmp";
	local f = open(headers);
	write_file(f, email_headers(subject, dest) + "\n");
	close(f);

	system(fmt("/bin/cat %s %s | %s -t -oi && /bin/rm -f %s %s", headers, summary_name, sendmail, headers,
	    summary_name));
	}

function pp_postprocessor(info: Log::RotationInfo): bool
	{
	if ( wants_summary() )
		mail_summary(info$open, info$close);

	return T;
	}

event zeek_init()
	{
	# Writes nothing itself: it is there to rotate.
	if ( wants_summary() )
		Log::add_filter(Notice::ALARM_LOG, Log::Filter($name="alarm-mail", $writer=Log::WRITER_NONE,
		    $interv=Log::default_mail_alarms_interval, $postprocessor=pp_postprocessor));
	}

hook notice(n: Notice::Info) &priority=-5
	{
	if ( ACTION_ALARM !in n$actions || ! wants_summary() )
		return;

	if ( ! summary_is_open )
		{
		summary = open(summary_name);
		summary_is_open = T;
		}

	pretty_print_alarm(summary, n);
	}

# The ends that a notice names, none, one or two, and how a line shows them.
type Parties: record {
	hosts: vector of addr;
	text: string;
};

function parties(n: Info): Parties
	{
	local p = Parties($hosts=vector(), $text="");

	if ( n?$id )
		{
		p$hosts = vector(n$id$orig_h, n$id$resp_h);
		p$text = fmt("%s:%s -> %s:%s", n$id$orig_h, n$id$orig_p, n$id$resp_h, n$id$resp_p);
		}
	else if ( n?$src && n?$dst )
		{
		p$hosts = vector(n$src, n$dst);
		p$text = fmt("%s -> %s", n$src, n$dst);
		}
	else if ( n?$src )
		{
		p$hosts = vector(n$src);
		p$text = n?$p ? fmt("%s:%s", n$src, n$p) : cat(n$src);
		}

	if ( n?$uid )
		p$text = fmt("%s (uid %s)", p$text, n$uid);

	return p;
	}

function is_flagged(hosts: vector of addr): bool
	{
	for ( _, h in hosts )
		if ( h in flag_nets )
			return T;

	return F;
	}

# Ends an alarm with the names of its ends.
function print_names(out: file, hosts: vector of addr, names: vector of string)
	{
	local line = "   #";

	for ( i, h in hosts )
		line += fmt("%s %s = %s", i == 0 ? "" : " ", h, names[i]);

	if ( |hosts| > 0 )
		print out, line;

	print out, "";
	}

@ifdef ( lookup_addr )
# Finds the names one after the other; the alarm's last line is written when all are there or took too long.
function look_up_names(out: file, lines: string_vec, hosts: vector of addr, names: vector of string)
	{
	if ( |names| == |hosts| )
		{
		for ( _, line in lines )
			print out, line;

		print_names(out, hosts, names);
		return;
		}

	when [out, lines, hosts, names] ( local name = lookup_addr(hosts[|names|]) )
		{
		names += name;
		look_up_names(out, lines, hosts, names);
		}
	timeout 5secs
		{
		names += "(dns timeout)";
		look_up_names(out, lines, hosts, names);
		}
	}
@endif

function pretty_print_alarm(out: file, n: Info)
	{
	local p = parties(n);
	local peer = "";

	if ( Cluster::is_enabled() )
		peer = fmt("<%s> ", n?$peer_descr ? n$peer_descr : n?$peer_name ? n$peer_name : "local");

	local first = fmt(">%s %D %s %s", is_flagged(p$hosts) ? ">" : " ", network_time(), n$note, p$text);

@ifdef ( Notice::ACTION_ADD_GEODATA )
	if ( n?$remote_location && n$remote_location?$country_code )
		first += fmt(" (remote location %s)", n$remote_location$country_code);
@endif

	local lines: string_vec = vector(first, fmt("   %s%s", peer, n?$msg ? n$msg : ""));

	if ( n?$sub )
		lines += cat("   ", n$sub);

	local names: vector of string = vector();

@ifdef ( lookup_addr )
	if ( ! reading_traces() )
		{
		look_up_names(out, lines, p$hosts, names);
		return;
		}
@endif

	for ( _, h in p$hosts )
		names += "<skipped>";

	for ( _, line in lines )
		print out, line;

	print_names(out, p$hosts, names);
	}
