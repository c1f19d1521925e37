##! Mail about notices, sent with a program that takes a whole message, headers first, from standard input.

module Notice;

export {
	## Program that sends mail.
	option sendmail = "/usr/sbin/sendmail";

	## Who gets mail; empty for nobody.
	const mail_dest = "" &redef;

	option mail_from = "Zeek <zeek@localhost>";
	option reply_to = "";
	option mail_subject_prefix = "[Zeek]";

	## How long a mail may wait for ``email_delay_tokens``.
	const max_email_delay = 15secs &redef;

	## Mails a notice, once nothing in its ``email_delay_tokens`` holds it back. Nothing is sent while a trace is read.
	##
	## extend: with ``email_body_sections``; only such a mail waits.
	global email_notice_to: function(n: Info, dest: string, extend: bool);

	## The headers of a mail, each with its line end.
	global email_headers: function(subject_desc: string, dest: string): string;

	## Mails a rotated log as it is to :zeek:id:`Notice::mail_dest`, and deletes it then. For ``postprocessor`` in filters.
	global log_mailing_postprocessor: function(info: Log::RotationInfo): bool;
}

function email_headers(subject_desc: string, dest: string): string
	{
	local lines = vector(cat("From: ", mail_from), cat("Subject: ", mail_subject_prefix, " ", subject_desc),
	    cat("To: ", dest), cat("User-Agent: Zeek/", zeek_version()));

	if ( reply_to != "" )
		lines += cat("Reply-To: ", reply_to);

	return cat(join_string_vec(lines, "\n"), "\n");
	}

# The parts of a message that a notice has something to say about; an empty line ends each.
function mail_body(n: Info, extend: bool): string
	{
	local lines: string_vec = vector("", cat("Message: ", n?$msg ? n$msg : ""));

	if ( n?$sub )
		lines += cat("Sub-message: ", n$sub);

	lines += "";

	if ( n?$file_desc )
		lines += cat("File Description: ", n$file_desc);

	if ( n?$file_mime_type )
		lines += cat("File MIME Type: ", n$file_mime_type);

	if ( n?$file_desc || n?$file_mime_type )
		lines += "";

	if ( n?$id )
		{
		lines += fmt("Connection: %s:%d -> %s:%d", n$id$orig_h, n$id$orig_p, n$id$resp_h, n$id$resp_p);

		if ( n?$uid )
			lines += cat("Connection uid: ", n$uid);
		}
	else if ( n?$src )
		lines += cat("Address: ", n$src);

	if ( extend )
		{
		lines += "";
		lines += "Email Extensions";
		lines += "----------------";

		for ( i in n$email_body_sections )
			lines += n$email_body_sections[i];
		}

	lines += "\n\n--\n[Automatically generated]\n\n";
	return join_string_vec(lines, "\n");
	}

event delayed_mail(n: Info, dest: string)
	{
	email_notice_to(n, dest, T);
	}

function email_notice_to(n: Notice::Info, dest: string, extend: bool)
	{
	if ( dest == "" || reading_traces() )
		return;

	if ( extend && n?$email_delay_tokens && |n$email_delay_tokens| > 0 )
		{
		if ( network_time() < n$ts + max_email_delay )
			{
			schedule 1sec { delayed_mail(n, dest) };
			return;
			}

		Reporter::info(fmt("Notice email delay tokens weren't released in time (%s).", n$email_delay_tokens));
		}

	piped_exec(cat(sendmail, " -t -oi"), cat(email_headers(cat(n$note), dest), mail_body(n, extend)));
	}

function log_mailing_postprocessor(info: Log::RotationInfo): bool
	{
	if ( reading_traces() || mail_dest == "" )
		return T;

	local headers = cat(info$fname, ".mailheaders.tmp");
	local f = open(headers);
	write_file(f, cat(email_headers(cat("Log Contents: ", info$fname), mail_dest), "\n"));
	close(f);

	local files = fmt("%s %s", safe_shell_quote(headers), safe_shell_quote(info$fname));
	system(fmt("/bin/cat %s | %s -t -oi && /bin/rm %s", files, sendmail, files));
	return T;
	}

event zeek_init() &priority=4
	{
	# Replaced where alarms are mailed in a form that is nicer to read.
	if ( mail_dest != "" && ! reading_traces() )
		Log::add_filter(Notice::ALARM_LOG, Log::Filter($name="alarm-mail", $path="alarm-mail",
		    $writer=Log::WRITER_ASCII, $interv=24hrs, $postprocessor=log_mailing_postprocessor));
	}
