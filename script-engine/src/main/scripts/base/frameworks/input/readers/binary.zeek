##! Settings of the reader of files in pieces.

module InputBinary;

export {
	## Bytes of a piece.
	const chunk_size = 1024 &redef;

	## In front of sources that are relative paths.
	const path_prefix = "" &redef;
}
