##! Lets sources take indicators back: lines whose ``meta.remove`` is T.

@load base/frameworks/intel

module Intel;

export {
	redef record Intel::MetaData += {
		## This is no longer an indicator, says the source.
		remove: bool &default=F;
	};
}

hook filter_item(item: Intel::Item)
	{
	if ( item$meta$remove )
		{
		Intel::remove(item);
		break;
		}
	}
