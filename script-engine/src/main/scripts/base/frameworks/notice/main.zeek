##! Notices: what is worth telling someone. A script adds a constant to :zeek:type:`Notice::Type` and calls
##! :zeek:id:`NOTICE`; hooks of :zeek:id:`Notice::policy` decide what becomes of it.

@load base/frameworks/cluster

module Notice;

export {
	redef enum Log::ID += { LOG, ALARM_LOG };

	## Decide which rows of notice.log and notice_alarm.log are written.
	global log_policy: Log::PolicyHook;
	global log_policy_alarm: Log::PolicyHook;

	## Kinds of notices. Scripts add their own.
	type Notice::Type: enum {
		## Counts notices that were not told.
		Tally
	};

	## What may become of a notice.
	type Notice::Action: enum {
		ACTION_NONE,
		## A row of notice.log.
		ACTION_LOG,
		## A mail to :zeek:id:`Notice::mail_dest`.
		ACTION_EMAIL,
		## A row of notice_alarm.log.
		ACTION_ALARM,
		## For scripts that can block traffic.
		ACTION_DROP
	};

	type Notice::ActionSet: set[Notice::Action];

	## How long the same notice is not told again.
	option default_suppression_interval = 1hrs;

	type Notice::Info: record {
		ts: time &log &optional;
		uid: string &log &optional;
		id: conn_id &log &optional;
		## Fill in uid and id.
		conn: connection &optional;
		## Fill in what is known of a file.
		f: fa_file &optional;
		fuid: string &log &optional;
		file_mime_type: string &log &optional;
		file_desc: string &log &optional;
		proto: transport_proto &log &optional;
		note: Type &log;
		msg: string &log &optional;
		## More of the message.
		sub: string &log &optional;
		src: addr &log &optional;
		dst: addr &log &optional;
		p: port &log &optional;
		## A number that belongs to it.
		n: count &log &optional;
		peer_name: string &optional;
		peer_descr: string &log &optional;
		actions: ActionSet &log &default=ActionSet();
		email_dest: set[string] &log &default=set();
		email_body_sections: vector of string &optional;
		email_delay_tokens: set[string] &optional;
		## What makes two notices of a kind the same; without it each one is told.
		identifier: string &optional;
		suppress_for: interval &log &default=default_suppression_interval;
	};

	## Kinds that are dropped, mailed, written to notice_alarm.log, told each time.
	option ignored_types: set[Notice::Type] = {};
	option emailed_types: set[Notice::Type] = {};
	option alarmed_types: set[Notice::Type] = {};
	option not_suppressed_types: set[Notice::Type] = {};

	## How long kinds are not told again.
	const type_suppression_intervals: table[Notice::Type] of interval = {} &redef;

	## In a cluster: how long what is not to be told again is collected before other nodes hear of it, and how much.
	option suppression_batch_period = 10msec;
	option suppression_batch_max_size = 50;

	## Chooses actions for a notice; ``break`` keeps later hooks from it.
	global policy: hook(n: Notice::Info);

	## Carries the actions out.
	global notice: hook(n: Info);

	## A notice is the same as one told before.
	global suppressed: event(n: Notice::Info);

	## The same notice is not told from now on.
	global begin_suppression: event(ts: time, suppress_for: interval, note: Type, identifier: string);

	## Whether the same notice was told a while ago; raises :zeek:id:`Notice::suppressed` if so.
	global is_being_suppressed: function(n: Notice::Info): bool;

	## Fills in what can be told from other fields, and asks :zeek:id:`Notice::policy`.
	global apply_policy: function(n: Notice::Info);

	## A row of notice.log.
	global log_notice: event(rec: Info);
}

@load ./files
@load ./mail

# Until when notices are not told again.
function time_left(t: table[Notice::Type, string] of time, idx: any): interval
	{
	local note: Notice::Type;
	local identifier: string;
	[note, identifier] = idx;

	return max_interval(t[note, identifier] - network_time(), 0secs);
	}

global suppressing: table[Type, string] of time = {} &create_expire=0secs &expire_func=time_left;

function is_being_suppressed(n: Notice::Info): bool
	{
	if ( ! n?$identifier || [n$note, n$identifier] !in suppressing )
		return F;

	event Notice::suppressed(n);
	return T;
	}

event begin_suppression(ts: time, suppress_for: interval, note: Type, identifier: string)
	{
	suppressing[note, identifier] = ts + suppress_for;
	}

function apply_policy(n: Notice::Info)
	{
	if ( ! n?$ts )
		n$ts = network_time();

	if ( Cluster::is_enabled() )
		{
		if ( ! n?$peer_name )
			n$peer_name = Cluster::node;

		if ( ! n?$peer_descr )
			n$peer_descr = Cluster::node;
		}

	if ( n?$f )
		populate_file_info(n$f, n);

	if ( n?$conn )
		{
		if ( ! n?$id )
			n$id = n$conn$id;

		if ( ! n?$uid )
			n$uid = n$conn$uid;
		}

	if ( n?$id )
		{
		if ( ! n?$src )
			n$src = n$id$orig_h;

		if ( ! n?$dst )
			n$dst = n$id$resp_h;

		if ( ! n?$p )
			n$p = n$id$resp_p;
		}

	if ( n?$p )
		n$proto = get_port_transport_proto(n$p);

	if ( ! n?$email_body_sections )
		n$email_body_sections = vector();

	if ( ! n?$email_delay_tokens )
		n$email_delay_tokens = set();

	hook Notice::policy(n);
	}

hook policy(n: Notice::Info) &priority=10
	{
	if ( n$note in ignored_types )
		break;

	if ( n$note in not_suppressed_types )
		n$suppress_for = 0secs;

	if ( n$note in type_suppression_intervals )
		n$suppress_for = type_suppression_intervals[n$note];

	if ( n$note in alarmed_types )
		add n$actions[ACTION_ALARM];

	if ( n$note in emailed_types )
		add n$actions[ACTION_EMAIL];

	add n$actions[ACTION_LOG];
	}

hook notice(n: Notice::Info)
	{
	if ( ACTION_EMAIL in n$actions )
		add n$email_dest[mail_dest];
	}

hook notice(n: Notice::Info) &priority=-5
	{
	for ( dest in n$email_dest )
		email_notice_to(n, dest, T);

	if ( ACTION_LOG in n$actions )
		Log::write(Notice::LOG, n);

	if ( ACTION_ALARM in n$actions )
		Log::write(Notice::ALARM_LOG, n);

	if ( n?$identifier && n$suppress_for != 0secs && [n$note, n$identifier] !in suppressing )
		{
		# At once, not only when the event runs: the next notice may come before.
		suppressing[n$note, n$identifier] = n$ts + n$suppress_for;
		event Notice::begin_suppression(n$ts, n$suppress_for, n$note, n$identifier);
		}
	}

event zeek_init() &priority=5
	{
	Log::create_stream(Notice::LOG, Log::Stream($columns=Info, $ev=log_notice, $path="notice", $policy=log_policy));
	Log::create_stream(Notice::ALARM_LOG, Log::Stream($columns=Info, $path="notice_alarm", $policy=log_policy_alarm));
	}

module GLOBAL;

## Tells something.
function NOTICE(n: Notice::Info)
	{
	if ( Notice::is_being_suppressed(n) )
		return;

	Notice::apply_policy(n);
	hook Notice::notice(n);
	}
