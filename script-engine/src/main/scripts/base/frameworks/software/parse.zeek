##! Takes apart what software says of itself: ``OpenSSH_8.9p1``, ``Apache/2.4.7 (Ubuntu)``, the texts of browsers.

@load base/utils/numbers

module Software;

# What stands in front of a version and belongs neither to it nor to the name.
const before_version = /[-\/_ (]+v?$/;

# Numbers behind something like a slash, or several of them anywhere.
const version_text = /([-\/_ (]|[ (]v)[0-9]+([-._,][0-9]+)*|[0-9]+([-._,][0-9]+)+/;

const between_numbers = /[-._,]/;
const between_words = /[-._,;() \[\]{}]/;

# The word that follows the numbers, or all of what follows in parentheses if that is plain text.
function additional(rest: string): string
	{
	if ( /^ *\([-A-Za-z0-9._ ]+\)/ in rest )
		return split_string_n(rest, /[()]/, F, 2)[1];

	for ( _, word in split_string(rest, between_words) )
		if ( word != "" )
			return word;

	return "";
	}

function read_numbers(text: string, v: Version)
	{
	local numbers = split_string_n(text, between_numbers, F, 4);
	v$major = extract_count(numbers[0]);

	if ( |numbers| > 1 )
		v$minor = extract_count(numbers[1]);
	if ( |numbers| > 2 )
		v$minor2 = extract_count(numbers[2]);
	if ( |numbers| > 3 )
		v$minor3 = extract_count(numbers[3]);
	if ( |numbers| > 4 )
		v$addl = numbers[4];
	}

# "name separator version more", for most software.
function parse_plain(text: string): Description
	{
	local clean = unescape_URI(gsub(text, /\\x/, "%"));
	local parts = split_string_n(clean, version_text, T, 1);
	local name = strip(sub(sub(parts[0], before_version, ""), /^\(/, ""));
	local d = Description($name=alternate_names[name], $version=Version(), $unparsed_version=text);

	if ( |parts| < 3 )
		return d;

	read_numbers(sub(parts[1], /^[^0-9]+/, ""), d$version);

	if ( ! d$version?$addl )
		{
		local more = additional(parts[2]);
		if ( more != "" )
			d$version$addl = more;
		}

	return d;
	}

# ---- browsers
#
# They name all that they claim to be compatible with. A kind of browser is told by a mark; its version is read from what the
# second pattern finds. The first kind whose mark is there is the right one.

type Browser: record {
	mark: pattern;
	version: pattern;
	# Read with the version where it is empty.
	name: string &default="";
};

const browsers: vector of Browser = vector(
	Browser($mark=/Opera [0-9.]*$/, $version=/Opera [0-9.]*$/, $name="Opera"),
	Browser($mark=/ MSIE |Trident\//, $version=/MSIE [0-9]+\.?[0-9]*b?[0-9]*/, $name="MSIE"),
	Browser($mark=/Edge\//, $version=/Edge\/[0-9.]*/, $name="Edge"),
	Browser($mark=/Version\/.*Safari\//, $version=/Version\/[0-9.]*/, $name="Safari"),
	Browser($mark=/(Firefox|Netscape|Thunderbird)\//, $version=/(Firefox|Netscape|Thunderbird)\/[0-9.]*/),
	Browser($mark=/Chrome\/.*Safari\//, $version=/Chrome\/[0-9.]*/, $name="Chrome"),
	Browser($mark=/^Opera\/.*Opera Mini\//, $version=/Version\/[0-9.]*/, $name="Opera Mini"),
	Browser($mark=/^Opera\/.*Opera Mobi\//, $version=/Version\/[0-9.]*/, $name="Opera Mobi"),
	Browser($mark=/^Opera\//, $version=/Version\/[0-9.]*/, $name="Opera"),
	Browser($mark=/Flash%20Player/, $version=/Flash%20Player\/[0-9.]*/, $name="Flash"),
	Browser($mark=/AdobeAIR\//, $version=/AdobeAIR\/[0-9.]*/, $name="AdobeAIR"),
	Browser($mark=/AppleWebKit\//, $version=/AppleWebKit\/[0-9.]*/, $name="Unspecified WebKit"),
	Browser($mark=/ Java\/[0-9]\./, $version=/Java\/[0-9._]*/, $name="Java")
) &redef;

# Internet Explorer says what it pretends to be; its engine tells what it is.
const trident_versions: table[string] of count = {
	["Trident/4.0"] = 8, ["Trident/5.0"] = 9, ["Trident/6.0"] = 10, ["Trident/7.0"] = 11
};

# The first that is found, or nothing.
function first_match(text: string, p: pattern): string
	{
	local parts = split_string_n(text, p, T, 1);
	return |parts| > 1 ? parts[1] : "";
	}

function version_of(b: Browser, text: string): Version
	{
	if ( b$name == "MSIE" )
		{
		local engine = first_match(text, /Trident\/[0-9]+\.[0-9]+/);
		if ( engine in trident_versions )
			return Version($major=trident_versions[engine], $minor=0);
		}

	local told = first_match(text, b$version);

	# Older ones have no "Version/".
	if ( told == "" && b$name == "Opera Mini" )
		told = first_match(text, /Opera Mini\/[0-9.]*/);

	local v = parse_plain(told)$version;
	if ( b$name == "Safari" && / Mobile\/?.* Safari/ in text )
		v$addl = "Mobile";

	return v;
	}

function parse_browser(text: string): Description
	{
	for ( _, b in browsers )
		if ( b$mark in text )
			{
			local name = b$name != "" ? b$name : parse_plain(first_match(text, b$version))$name;
			return Description($name=name, $version=version_of(b, text), $unparsed_version=text);
			}

	return Description($name="<unknown browser>", $version=Version(), $unparsed_version=text);
	}

# Pixel phones: "A/9/Google/Pixel...".
function parse_pixel(text: string): Description
	{
	local v = Version();
	read_numbers(split_string(text, /\//)[1], v);
	return Description($name="Android (Google Pixel)", $version=v, $unparsed_version=text);
	}

## Name and version of what is written of some software.
function parse(unparsed_version: string): Description
	{
	if ( /^(Mozilla|Opera)\/[0-9]+\./ in unparsed_version )
		return parse_browser(unparsed_version);

	if ( /^A\/[0-9.]+\/Google\/Pixel/ in unparsed_version )
		return parse_pixel(unparsed_version);

	return parse_plain(unparsed_version);
	}
