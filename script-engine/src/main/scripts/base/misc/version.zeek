##! Which version of Zeek a script may count on, for scripts that go by it: :zeek:id:`Version::number`,
##! :zeek:id:`Version::at_least`. That is the version whose language Tandem speaks; what Tandem itself is called tells
##! :zeek:id:`zeek_version`.

module Version;

export {
	## A version, taken apart: ``3.1.0-dev.37-local-debug``.
	type Version::VersionDescription: record {
		## Two digits each for minor and patch, behind the major: 30100.
		version_number: count;
		major: count;
		minor: count;
		patch: count;
		## Commits since, or on the way to, a release; 0 for releases.
		commit: count;
		beta: bool;
		debug: bool;
		## What the builder added.
		localversion: string;
		version_string: string;
	};

	## Takes a version apart. All is 0 where that is none, and an error says so.
	global parse: function(version_string: string): VersionDescription;

	## Whether the language is as new.
	global at_least: function(version_string: string): bool;
}

function parse(version_string: string): VersionDescription
	{
	local d = VersionDescription($version_number=0, $major=0, $minor=0, $patch=0, $commit=0, $beta=F, $debug=F,
	    $localversion="", $version_string=version_string);

	if ( /[0-9]+\.[0-9]+(\.[0-9]+)?(-(beta|rc|dev)[0-9]*)?(\.[0-9]+)?(-[a-zA-Z0-9_.]+)?(-debug)?/ != version_string )
		{
		Reporter::error(fmt("Version string %s cannot be parsed", version_string));
		return d;
		}

	# Numbers up to the first dash; then words with dashes between.
	local words = split_string(version_string, /-/);
	local numbers = split_string(words[0], /\./);
	d$major = to_count(numbers[0]);
	d$minor = to_count(numbers[1]);
	if ( |numbers| > 2 )
		d$patch = to_count(numbers[2]);

	for ( i, word in words )
		{
		if ( i == 0 )
			next;

		if ( word == "debug" && i + 1 == |words| )
			d$debug = T;
		else if ( /^(beta|rc|dev)[0-9]*(\.[0-9]+)?$/ in word )
			{
			d$beta = /^dev/ !in word;
			local parts = split_string(word, /\./);
			if ( |parts| > 1 )
				d$commit = to_count(parts[1]);
			}
		else if ( /^[0-9]+$/ in word )
			# Before 3.0: commits since a release.
			d$commit = to_count(word);
		else
			d$localversion = word;
		}

	d$version_number = d$major * 10000 + d$minor * 100 + d$patch;
	return d;
	}

export {
	## Of the language.
	const info = Version::parse("9.0.0");

	## Its number, such as 30100.
	const number = info$version_number;
}

function at_least(version_string: string): bool
	{
	return number >= parse(version_string)$version_number;
	}
