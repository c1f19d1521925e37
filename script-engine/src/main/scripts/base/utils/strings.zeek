##! Small functions on strings.

## Whether at least a quarter of the bytes are not ASCII.
function is_string_binary(s: string): bool
	{
	return 4 * |gsub(s, /[\x00-\x7f]/, "")| >= |s|;
	}

## Puts a backslash before each backslash and each of the characters.
function string_escape(s: string, chars: string): string
	{
	local escaped = subst_string(s, "\\", "\\\\");

	for ( c in chars )
		escaped = subst_string(escaped, c, cat("\\", c));

	return escaped;
	}

## Without its last bytes.
function cut_tail(s: string, tail_len: count): string
	{
	return tail_len >= |s| ? "" : sub_bytes(s, 1, int_to_count(|s| - tail_len));
	}
