##! Mail addresses in headers.

# An address and the characters around it.
const enclosed_email = /(^|[<,:[:blank:]])[^<,:[:blank:]@]+"@"[^>,;[:blank:]]+([>,;[:blank:]]|$)/;

function without_enclosure(text: string): string
	{
	return gsub(text, /[<>,:;[:blank:]]/, "");
	}

## All addresses, in order.
function extract_email_addrs_vec(str: string): string_vec
	{
	local emails: string_vec = vector();

	for ( i, text in find_all_ordered(str, enclosed_email) )
		emails += without_enclosure(text);

	return emails;
	}

## All addresses.
function extract_email_addrs_set(str: string): set[string]
	{
	local emails: set[string] = set();

	for ( text in find_all(str, enclosed_email) )
		add emails[without_enclosure(text)];

	return emails;
	}

## The first one; empty when there is none.
function extract_first_email_addr(str: string): string
	{
	local emails = extract_email_addrs_vec(str);
	return |emails| > 0 ? emails[0] : "";
	}

## The entries of a list of recipients, names included.
function split_mime_email_addresses(line: string): set[string]
	{
	local entries: set[string] = set();

	for ( text in find_all(line, /(\"[^"]*\")?[^,]+@[^,]+/) )
		add entries[strip(text)];

	return entries;
	}
