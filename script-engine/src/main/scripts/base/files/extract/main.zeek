##! Files on disk: ``Files::add_analyzer(f, Files::ANALYZER_EXTRACT)``.

@load base/frameworks/files
@load base/utils/paths

module FileExtract;

export {
	## Where they go.
	const prefix = "./extract_files/" &redef;

	## Bytes of a file that are written at most; 0 is all.
	option default_limit = 104857600;

	## Whether bytes that were never seen count too: they become a hole.
	option default_limit_includes_missing = T;

	redef record Files::Info += {
		## Name of the file on disk, below :zeek:id:`FileExtract::prefix`.
		extracted: string &optional &log;
		## Whether the limit was met.
		extracted_cutoff: bool &optional &log;
		## How much was written then.
		extracted_size: count &optional &log;
	};

	redef record Files::AnalyzerArgs += {
		extract_filename: string &optional;
		extract_limit: count &default=default_limit;
		extract_limit_includes_missing: bool &default=default_limit_includes_missing;
	};

	## Changes the limit of one extraction.
	##
	## Returns: F when there is none with these *args*.
	global set_limit: function(f: fa_file, args: Files::AnalyzerArgs, n: count): bool;
}

module GLOBAL;

## The limit of an extraction is met. A handler may raise it.
global file_extraction_limit: event(f: fa_file, args: Files::AnalyzerArgs, limit: count, len: count);

module FileExtract;

function set_limit(f: fa_file, args: Files::AnalyzerArgs, n: count): bool
	{
	return __set_limit(f$id, args, n);
	}

function on_add(f: fa_file, args: Files::AnalyzerArgs)
	{
	if ( ! args?$extract_filename )
		args$extract_filename = cat("extract-", f$last_active, "-", f$source, "-", f$id);

	f$info$extracted = args$extract_filename;
	f$info$extracted_cutoff = F;
	args$extract_filename = build_path_compressed(prefix, args$extract_filename);
	mkdir(prefix);
	}

event zeek_init() &priority=10
	{
	Files::register_analyzer_add_callback(Files::ANALYZER_EXTRACT, on_add);
	}

event file_extraction_limit(f: fa_file, args: Files::AnalyzerArgs, limit: count, len: count) &priority=10
	{
	f$info$extracted_cutoff = T;
	f$info$extracted_size = limit;
	}
