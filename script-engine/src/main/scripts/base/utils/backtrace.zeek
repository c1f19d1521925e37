##! Shows which calls led somewhere.

module GLOBAL;

# A call as one text: name, parameters if wanted, place.
function backtrace_entry(call: BacktraceElement, show_args: bool): string
	{
	local args: vector of string = vector();

	if ( show_args )
		for ( i, arg in call$function_args )
			args += fmt("%s: %s%s", arg$name, arg$type_name, arg?$value ? fmt(" = %s", arg$value) : "");

	local place = call?$file_location ? fmt(" at %s:%s", call$file_location, call$line_location) : "";
	return fmt("%s(%s)%s", call$function_name, join_string_vec(args, ", "), place);
	}

## Prints the calls that run, the innermost first.
##
## show_args: with parameters: name, type, value.
##
## one_line: all in one line, with *one_line_delim* around each.
##
## skip: how many of the innermost to leave out; the call of this function is one.
function print_backtrace(show_args: bool &default=F, one_line: bool &default=F, one_line_delim: string &default="|",
                         skip: count &default=1, to_file: file &default=open("/dev/stdout"))
	{
	local line = "";

	for ( i, call in backtrace() )
		{
		if ( i < skip )
			next;

		local entry = fmt("#%s: %s", i - skip, backtrace_entry(call, show_args));

		if ( one_line )
			line += fmt("%s %s ", one_line_delim, entry);
		else
			print to_file, entry;
		}

	if ( one_line )
		print to_file, line + one_line_delim;
	}
