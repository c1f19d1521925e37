##! Options of the writer of text files. A filter's ``config`` table overrides them for its log, by these names.

module LogAscii;

export {
	## Writes to standard output instead of files.
	const output_to_stdout = F &redef;

	## Writes JSON objects, one a line.
	const use_json = F &redef;

	## Rotates logs that an earlier run left behind when it died.
	const enable_leftover_log_rotation = F &redef;

	## Leaves valid UTF-8 as it is; otherwise every byte from 0x80 on is escaped, as in 2018.
	const enable_utf_8 = T &redef;

	## Compresses when above 0, up to 9.
	const gzip_level = 0 &redef;

	## Suffix of compressed logs.
	const gzip_file_extension = "gz" &redef;

	## How JSON writes times.
	const json_timestamps: JSON::TimestampFormat = JSON::TS_EPOCH &redef;

	## Whether JSON writes unset columns, as null.
	const json_include_unset_fields = F &redef;

	const json_string_escape_policy = JSON::STRING_ESCAPE_POLICY_HEX &redef;

	## Writes the lines before and behind the rows that say what they are.
	const include_meta = T &redef;

	## What such lines begin with.
	const meta_prefix = "#" &redef;

	## Between columns.
	const separator = Log::separator &redef;

	## Between the elements of a set or vector.
	const set_separator = Log::set_separator &redef;

	const empty_field = Log::empty_field &redef;
	const unset_field = Log::unset_field &redef;
}
