##! An action that mails those who look after the addresses in a notice: :zeek:id:`Site::local_admins`.

@load ../main
@load base/utils/site

module Notice;

export {
	redef enum Action += {
		## Mail to who :zeek:id:`Site::get_emails` finds for the source and the destination.
		ACTION_EMAIL_ADMIN
	};
}

function add_admins(n: Notice::Info, a: addr)
	{
	local emails = Site::get_emails(a);

	if ( emails != "" )
		add n$email_dest[emails];
	}

hook notice(n: Notice::Info)
	{
	if ( ACTION_EMAIL_ADMIN !in n$actions || |Site::local_admins| == 0 )
		return;

	if ( n?$src )
		add_admins(n, n$src);

	if ( n?$dst )
		add_admins(n, n$dst);
	}
