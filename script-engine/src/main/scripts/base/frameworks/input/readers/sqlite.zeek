##! Settings of the reader of databases. The stream's config holds the ``query``; the source is the file without ``.sqlite``.

module InputSQLite;

export {
	const set_separator = Input::set_separator &redef;
	const unset_field = Input::unset_field &redef;
	const empty_field = Input::empty_field &redef;
}
