##! Lets indicators go that nobody has told of for ten minutes; files are to be renewed more often.

@load base/frameworks/intel

module Intel;

redef item_expiration = 10min;

# Behind those that may have it stay.
hook item_expired(indicator: string, indicator_type: Type, metas: set[MetaData]) &priority=-10
	{
	break;
	}
