##! Notices of software whose version is known to be vulnerable.

@load base/frameworks/notice
@load base/frameworks/software

module Software;

export {
	redef enum Notice::Type += {
		Vulnerable_Version
	};

	type Software::VulnerableVersionRange: record {
		## All earlier ones too when unset.
		min: Software::Version &optional;
		## The last one.
		max: Software::Version;
	};

	## By name of software.
	const vulnerable_versions: table[string] of set[VulnerableVersionRange] = table() &redef;
}

function is_within(v: Version, r: VulnerableVersionRange): bool
	{
	return cmp_versions(v, r$max) <= 0 && (! r?$min || cmp_versions(v, r$min) >= 0);
	}

event log_software(rec: Info)
	{
	if ( rec$name !in vulnerable_versions )
		return;

	for ( r in vulnerable_versions[rec$name] )
		if ( is_within(rec$version, r) )
			NOTICE(Notice::Info($note=Vulnerable_Version, $src=rec$host, $sub=software_fmt(rec),
			    $msg=fmt("%s is running %s which is vulnerable.", rec$host, software_fmt(rec))));
	}
