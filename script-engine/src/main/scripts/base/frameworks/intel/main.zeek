##! Intelligence: indicators that somebody has told us of (addresses, names, hashes, ...), and what was seen of them. Indicators
##! come from files (:zeek:id:`Intel::read_files`) or :zeek:id:`Intel::insert`; scripts that see something call
##! :zeek:id:`Intel::seen`; what is in both is a row of intel.log.
##!
##! Two stores: one knows of each indicator who told it and what they said, the other only that there is such an indicator. A
##! node of a cluster that is not the manager has only the second.

@load base/frameworks/notice

module Intel;

export {
	redef enum Log::ID += { LOG };

	global log_policy: Log::PolicyHook;

	## Kinds of indicators.
	type Intel::Type: enum {
		ADDR,
		SUBNET,
		## Without ``http://``.
		URL,
		## The name of software.
		SOFTWARE,
		EMAIL,
		## A name in the DNS.
		DOMAIN,
		USER_NAME,
		## SHA-1 of a certificate.
		CERT_HASH,
		## MD5 of a public key, as hexadecimal bytes with colons between.
		PUBKEY_HASH
	};

	type Intel::TypeSet: set[Intel::Type];

	## What a source says about an indicator.
	type Intel::MetaData: record {
		## Who says it. Of each source there is one of these for an indicator.
		source: string;
		desc: string &optional;
		## Where more is written.
		url: string &optional;
	};

	## An indicator, as one source tells it.
	type Intel::Item: record {
		indicator: string;
		indicator_type: Intel::Type;
		meta: MetaData;
	};

	## Where things are seen. Scripts add their places, by custom with names that begin with ``IN_``.
	type Intel::Where: enum {
		IN_ANYWHERE
	};

	## Something that was seen.
	type Intel::Seen: record {
		## A text and its kind, or ...
		indicator: string &log &optional;
		indicator_type: Intel::Type &log &optional;
		## ... an address.
		host: addr &optional;
		where: Where &log;
		## The node that saw it.
		node: string &optional &log;
		## The connection it was seen in; or its uid, if that is all that is known.
		conn: connection &optional;
		uid: string &optional;
	};

	## A row of intel.log.
	type Intel::Info: record {
		ts: time &log;
		uid: string &log &optional;
		id: conn_id &log &optional;
		seen: Seen &log;
		## The kinds of the indicators that matched: an address matches subnets too.
		matched: TypeSet &log;
		## Who told of them.
		sources: set[string] &log &default=set();
	};

	## Adds an indicator, or what one more source says of it. What the same source said before is replaced.
	global insert: function(item: Item);

	## Takes back what a source said, and with its last source the indicator; with *purge_indicator* the indicator, whoever
	## told it.
	global remove: function(item: Item, purge_indicator: bool &default=F);

	## Something was seen. Raises :zeek:id:`Intel::match` if it is an indicator.
	global seen: function(s: Seen);

	## An indicator was seen. In a cluster the manager has this event.
	global match: event(s: Seen, items: set[Item]);

	## Fills in a row of intel.log before it is written; ``break`` keeps it out. What can be told from *s* and *items* is
	## filled in at priority 5.
	global extend_match: hook(info: Info, s: Seen, items: set[Item]);

	## Called for all that is seen, on the node that sees it; ``break`` makes it pass for unknown.
	global seen_policy: hook(s: Seen, found: bool);

	## How long an indicator stays after somebody has told of it; negative is for ever.
	const item_expiration = -1min &redef;

	## That time is over. Unless a hook breaks, it begins anew; then the indicator is removed.
	global item_expired: hook(indicator: string, indicator_type: Type, metas: set[MetaData]);

	## Asked before an item is inserted; ``break`` leaves it out.
	global filter_item: hook(item: Intel::Item);

	## An indicator is known from now on, or no longer.
	global indicator_inserted: hook(indicator: string, indicator_type: Type);
	global indicator_removed: hook(indicator: string, indicator_type: Type);

	## A row of intel.log.
	global log_intel: event(rec: Info);
}

# What the nodes of a cluster tell each other. A node that stands alone hears itself.
global match_remote: event(s: Seen);
global new_item: event(item: Item);
global remove_item: event(item: Item, purge_indicator: bool);
global remove_indicator: event(item: Item);

# Whether this node knows the sources too.
const have_full_data = T &redef;

# What the sources say, by source.
type MetaDataTable: table[string] of MetaData;

global expire_host_data: function(data: table[addr] of MetaDataTable, idx: addr): interval;
global expire_subnet_data: function(data: table[subnet] of MetaDataTable, idx: subnet): interval;
global expire_string_data: function(data: table[string, Type] of MetaDataTable, idx: any): interval;

# Text is kept in lower case: indicators do not differ by case.
type DataStore: record {
	host_data: table[addr] of MetaDataTable &write_expire=item_expiration &expire_func=expire_host_data;
	subnet_data: table[subnet] of MetaDataTable &write_expire=item_expiration &expire_func=expire_subnet_data;
	string_data: table[string, Type] of MetaDataTable &write_expire=item_expiration &expire_func=expire_string_data;
};

type MinDataStore: record {
	host_data: set[addr];
	subnet_data: set[subnet];
	string_data: set[string, Type];
};

global data_store: DataStore &redef;
global min_data_store: MinDataStore &redef;

event zeek_init() &priority=5
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $ev=log_intel, $path="intel", $policy=log_policy));
	}

# ---- expiry

function expired(indicator: string, kind: Type, sources: MetaDataTable): interval
	{
	local metas: set[MetaData];
	for ( _, meta in sources )
		add metas[meta];

	if ( hook item_expired(indicator, kind, metas) )
		return item_expiration;

	remove(Item($indicator=indicator, $indicator_type=kind, $meta=MetaData($source="")), T);
	return 0secs;
	}

function expire_host_data(data: table[addr] of MetaDataTable, idx: addr): interval
	{
	return expired(cat(idx), ADDR, data[idx]);
	}

function expire_subnet_data(data: table[subnet] of MetaDataTable, idx: subnet): interval
	{
	return expired(cat(idx), SUBNET, data[idx]);
	}

function expire_string_data(data: table[string, Type] of MetaDataTable, idx: any): interval
	{
	local indicator: string;
	local kind: Type;
	[indicator, kind] = idx;
	return expired(indicator, kind, data[indicator, kind]);
	}

# ---- what is known

# Of the small store, which every node has.
function is_known(item: Item): bool
	{
	switch ( item$indicator_type )
		{
		case ADDR:
			return to_addr(item$indicator) in min_data_store$host_data;
		case SUBNET:
			return check_subnet(to_subnet(item$indicator), min_data_store$subnet_data);
		default:
			return [to_lower(item$indicator), item$indicator_type] in min_data_store$string_data;
		}
	}

# The same of the large store.
function is_told(item: Item): bool
	{
	switch ( item$indicator_type )
		{
		case ADDR:
			return to_addr(item$indicator) in data_store$host_data;
		case SUBNET:
			return check_subnet(to_subnet(item$indicator), data_store$subnet_data);
		default:
			return [to_lower(item$indicator), item$indicator_type] in data_store$string_data;
		}
	}

# What the sources say of an indicator that is known.
function told_of(item: Item): MetaDataTable
	{
	switch ( item$indicator_type )
		{
		case ADDR:
			return data_store$host_data[to_addr(item$indicator)];
		case SUBNET:
			return data_store$subnet_data[to_subnet(item$indicator)];
		default:
			return data_store$string_data[to_lower(item$indicator), item$indicator_type];
		}
	}

# Writing an entry is what its expiry begins with.
function tell_of(item: Item, sources: MetaDataTable)
	{
	switch ( item$indicator_type )
		{
		case ADDR:
			data_store$host_data[to_addr(item$indicator)] = sources;
			break;
		case SUBNET:
			data_store$subnet_data[to_subnet(item$indicator)] = sources;
			break;
		default:
			data_store$string_data[to_lower(item$indicator), item$indicator_type] = sources;
			break;
		}
	}

function forget(item: Item)
	{
	switch ( item$indicator_type )
		{
		case ADDR:
			delete data_store$host_data[to_addr(item$indicator)];
			break;
		case SUBNET:
			delete data_store$subnet_data[to_subnet(item$indicator)];
			break;
		default:
			delete data_store$string_data[to_lower(item$indicator), item$indicator_type];
			break;
		}
	}

# As the hooks name an indicator.
function name_of(item: Item): string
	{
	switch ( item$indicator_type )
		{
		case ADDR:
			return cat(to_addr(item$indicator));
		case SUBNET:
			return cat(to_subnet(item$indicator));
		default:
			return to_lower(item$indicator);
		}
	}

# ---- matching

# Whether something that was seen is an indicator.
function find(s: Seen): bool
	{
	if ( ! s?$host )
		{
		local text = to_lower(s$indicator);
		return have_full_data ? [text, s$indicator_type] in data_store$string_data :
		    [text, s$indicator_type] in min_data_store$string_data;
		}

	if ( have_full_data )
		return s$host in data_store$host_data || s$host in data_store$subnet_data;

	return s$host in min_data_store$host_data || s$host in min_data_store$subnet_data;
	}

function add_items(items: set[Item], indicator: string, kind: Type, sources: MetaDataTable)
	{
	for ( _, meta in sources )
		add items[Item($indicator=indicator, $indicator_type=kind, $meta=meta)];
	}

# All indicators that something is, with all that is said of them. For nodes with all data.
function get_items(s: Seen): set[Item]
	{
	local items: set[Item];

	if ( ! have_full_data )
		{
		Reporter::warning(fmt("Intel::get_items: %s does not have the data of the sources", peer_description));
		return items;
		}

	if ( ! s?$host )
		{
		local text = to_lower(s$indicator);
		if ( [text, s$indicator_type] in data_store$string_data )
			add_items(items, s$indicator, s$indicator_type, data_store$string_data[text, s$indicator_type]);

		return items;
		}

	if ( s$host in data_store$host_data )
		add_items(items, cat(s$host), ADDR, data_store$host_data[s$host]);

	local around: table[subnet] of MetaDataTable = filter_subnet_table(addr_to_subnet(s$host), data_store$subnet_data);
	for ( net, sources in around )
		add_items(items, cat(net), SUBNET, sources);

	return items;
	}

function seen(s: Seen)
	{
	local found = find(s);
	if ( ! hook seen_policy(s, found) || ! found )
		return;

	if ( s?$host )
		{
		s$indicator = cat(s$host);
		s$indicator_type = ADDR;
		}

	if ( ! s?$node )
		s$node = peer_description;

	if ( have_full_data )
		event match(s, get_items(s));
	else
		event match_remote(s);
	}

event match(s: Seen, items: set[Item]) &priority=5
	{
	local info = Info($ts=network_time(), $seen=s, $matched=TypeSet());

	if ( hook extend_match(info, s, items) )
		Log::write(LOG, info);
	}

hook extend_match(info: Info, s: Seen, items: set[Item]) &priority=5
	{
	if ( s?$conn )
		{
		s$uid = s$conn$uid;
		info$id = s$conn$id;
		}

	if ( s?$uid )
		info$uid = s$uid;

	for ( item in items )
		{
		add info$sources[item$meta$source];
		add info$matched[item$indicator_type];
		}
	}

# ---- insertion

# Returns whether it is news.
function insert_small(item: Item): bool
	{
	if ( is_known(item) )
		return F;

	switch ( item$indicator_type )
		{
		case ADDR:
			add min_data_store$host_data[to_addr(item$indicator)];
			break;
		case SUBNET:
			add min_data_store$subnet_data[to_subnet(item$indicator)];
			break;
		default:
			add min_data_store$string_data[to_lower(item$indicator), item$indicator_type];
			break;
		}

	return T;
	}

# Returns whether the indicator is news; what a source says may always be.
function insert_whole(item: Item): bool
	{
	local is_new = ! is_told(item);
	local sources: MetaDataTable = is_new ? MetaDataTable() : told_of(item);
	sources[item$meta$source] = item$meta;
	tell_of(item, sources);
	return is_new;
	}

# Inserts for this node; *first_dispatch* when it has come from no other.
function _insert(item: Item, first_dispatch: bool &default=T)
	{
	local is_first = insert_small(item);
	# Without all data it may be news to others.
	local is_new = have_full_data ? insert_whole(item) : T;

	if ( first_dispatch && is_new )
		event new_item(item);

	if ( is_first )
		hook indicator_inserted(name_of(item), item$indicator_type);
	}

function insert(item: Item)
	{
	if ( hook filter_item(item) )
		_insert(item, T);
	}

# ---- removal

function remove(item: Item, purge_indicator: bool)
	{
	if ( have_full_data ? ! is_told(item) : ! is_known(item) )
		{
		Reporter::info(fmt("Tried to remove non-existing item '%s' (%s).", item$indicator, item$indicator_type));
		return;
		}

	if ( ! have_full_data )
		{
		# The manager decides.
		event remove_item(item, purge_indicator);
		return;
		}

	local sources = told_of(item);
	delete sources[item$meta$source];

	if ( |sources| == 0 || purge_indicator )
		{
		forget(item);
		event remove_indicator(item);
		}
	}

event remove_indicator(item: Item)
	{
	if ( ! is_known(item) )
		return;

	switch ( item$indicator_type )
		{
		case ADDR:
			delete min_data_store$host_data[to_addr(item$indicator)];
			break;
		case SUBNET:
			delete min_data_store$subnet_data[to_subnet(item$indicator)];
			break;
		default:
			delete min_data_store$string_data[to_lower(item$indicator), item$indicator_type];
			break;
		}

	hook indicator_removed(name_of(item), item$indicator_type);
	}
