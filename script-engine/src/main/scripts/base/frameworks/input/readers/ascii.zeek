##! Settings of the reader of text columns. A stream's config may say otherwise, by the same names.

module InputAscii;

export {
	const separator = Input::separator &redef;
	const set_separator = Input::set_separator &redef;
	const empty_field = Input::empty_field &redef;
	const unset_field = Input::unset_field &redef;

	## Ends the stream at a line that has too few columns; else the line is left out with a warning.
	const fail_on_invalid_lines = F &redef;

	## Ends the stream when its file is not there or not readable; else it waits for better times with a warning.
	const fail_on_file_problem = F &redef;

	## In front of sources that are relative paths.
	const path_prefix = "" &redef;
}
