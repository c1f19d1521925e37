##! Spreads keys over sites by highest random weight (Thaler and Ravishankar, 1998): when a site comes or goes, only the keys
##! that are or were its own move.

module HashHRW;

export {
	type Site: record {
		## Tells sites apart; 32 bits count.
		id: count;
		user_data: any &optional;
	};

	type SiteTable: table[count] of Site;

	type Pool: record {
		sites: SiteTable &default=SiteTable();
	};

	## F when a site of that id was there.
	global add_site: function(pool: Pool, site: Site): bool;

	## F when no site of that id was there.
	global rem_site: function(pool: Pool, site: Site): bool;

	## The site of a key. The pool must not be empty.
	global get_site: function(pool: Pool, key: any): Site;
}

function add_site(pool: Pool, site: Site): bool
	{
	local is_new = site$id !in pool$sites;

	if ( is_new )
		pool$sites[site$id] = site;

	return is_new;
	}

function rem_site(pool: Pool, site: Site): bool
	{
	local was_there = site$id in pool$sites;
	delete pool$sites[site$id];
	return was_there;
	}

function get_site(pool: Pool, key: any): Site
	{
	local digest = fnv1a32(key);
	local heaviest = -1;
	local owner = 0;

	for ( id in pool$sites )
		{
		local weight: int = hrw_weight(digest, id);

		if ( weight < heaviest || (weight == heaviest && id < owner) )
			next;

		heaviest = weight;
		owner = id;
		}

	return pool$sites[owner];
	}
