##! Numbers in text.

## The first number in a text, or the last one; 0 when there is none.
function extract_count(s: string, get_first: bool &default=T): count
	{
	local pieces = split_string_all(s, /[0-9]+/);

	if ( |pieces| < 3 )
		return 0;

	return to_count(pieces[get_first ? 1 : |pieces| - 2]);
	}
