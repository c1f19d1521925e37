##! Settings of the reader of option files.

module InputConfig;

export {
	const set_separator = Input::set_separator &redef;

	## Stands for an empty set or vector: by default no text at all.
	const empty_field = "" &redef;

	## As InputAscii::fail_on_file_problem.
	const fail_on_file_problem = F &redef;

	## An option's line is new or has another value. The value has the option's type.
	global new_value: event(name: string, source: string, id: string, value: any);
}
