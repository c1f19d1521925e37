##! Settings of the reader of lines and of commands.

module InputRaw;

export {
	## Ends a record.
	const record_separator = "\n" &redef;

	## A command has ended.
	##
	## exit_code: its exit status, or the number of the signal that ended it when signal_exit is T.
	global process_finished: event(name: string, source: string, exit_code: count, signal_exit: bool);
}
