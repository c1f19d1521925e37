##! Patterns made of strings.

module GLOBAL;

## A pattern that matches any of the strings where *pat* has ``~~``.
function set_to_regex(ss: set[string], pat: string): pattern
	{
	local alternatives: string_vec = vector();

	for ( s in ss )
		alternatives += convert_for_pattern(s);

	return string_to_pattern(sub(pat, /~~/, join_string_vec(alternatives, "|")), F);
	}

## Where a pattern matched.
type PatternMatchResult: record {
	matched: bool;
	## What matched.
	str: string;
	## Position of its first byte, counted from 1; 0 when nothing matched.
	off: count;
};

function match_pattern(s: string, p: pattern): PatternMatchResult
	{
	local pieces = split_string_n(s, p, T, 1);

	if ( |pieces| < 2 )
		return PatternMatchResult($matched=F, $str="", $off=0);

	return PatternMatchResult($matched=T, $str=pieces[1], $off=|pieces[0]| + 1);
	}
