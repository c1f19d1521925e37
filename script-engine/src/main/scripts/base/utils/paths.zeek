##! File names.

## What an absolute path begins with, here and on Windows.
const absolute_path_pat = /(\/|[A-Za-z]:[\\\/]).*/;

## The first absolute path in a text; empty when there is none. A blank ends it unless a backslash is before.
function extract_path(input: string): string
	{
	local pieces = split_string_n(input, /(\/|[A-Za-z]:[\\\/])([^\"\ ]|(\\\ ))*/, T, 1);
	return |pieces| > 1 ? pieces[1] : "";
	}

## A file within a directory; an absolute file name stays as it is.
function build_path(dir: string, file_name: string): string
	{
	if ( dir == "" || absolute_path_pat == file_name )
		return file_name;

	return ends_with(dir, "/") ? cat(dir, file_name) : cat(dir, "/", file_name);
	}

## The same without ``.``, ``..`` and doubled slashes.
function build_path_compressed(dir: string, file_name: string): string
	{
	return compress_path(build_path(dir, file_name));
	}
