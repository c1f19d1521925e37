##! What notices say of files.

module Notice;

export {
	## What is kept of a file, which may be gone when a notice of it is told.
	type Notice::FileInfo: record {
		fuid: string;
		## What it is in the words of its protocol.
		desc: string;
		mime: string &optional;
		## One of the connections it came over.
		cid: conn_id &optional;
		cuid: string &optional;
	};

	global create_file_info: function(f: fa_file): Notice::FileInfo;

	## Fills in the fields of a notice that tell of a file.
	global populate_file_info: function(f: fa_file, n: Notice::Info);

	## Like :zeek:id:`Notice::populate_file_info`.
	global populate_file_info2: function(fi: Notice::FileInfo, n: Notice::Info);
}

function create_file_info(f: fa_file): Notice::FileInfo
	{
@ifdef ( Files::describe )
	local fi = Notice::FileInfo($fuid=f$id, $desc=Files::describe(f));

	if ( f?$info && f$info?$mime_type )
		fi$mime = f$info$mime_type;
@else
	local fi = Notice::FileInfo($fuid=f$id, $desc="");
@endif

	if ( f?$conns )
		for ( id, c in f$conns )
			{
			fi$cid = id;
			fi$cuid = c$uid;
			break;
			}

	return fi;
	}

function populate_file_info2(fi: Notice::FileInfo, n: Notice::Info)
	{
	n$file_desc = fi$desc;

	if ( ! n?$fuid )
		n$fuid = fi$fuid;

	if ( fi?$mime && ! n?$file_mime_type )
		n$file_mime_type = fi$mime;

	if ( fi?$cid )
		n$id = fi$cid;

	if ( fi?$cuid )
		n$uid = fi$cuid;
	}

function populate_file_info(f: fa_file, n: Notice::Info)
	{
	populate_file_info2(create_file_info(f), n);
	}
