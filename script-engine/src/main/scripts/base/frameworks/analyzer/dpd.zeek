##! What analyzers find out about connections goes into ``c$service``.

event analyzer_confirmation_info(atype: AllAnalyzers::Tag, info: AnalyzerConfirmationInfo) &priority=10
	{
	# File analyzers tell of files.
	if ( info?$c )
		add info$c$service[sub(cat(atype), /^.*::ANALYZER_/, "")];
	}
