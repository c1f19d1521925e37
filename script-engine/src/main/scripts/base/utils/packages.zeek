##! Whether scripts are there.

## T when ``@load`` would find something under this name; whether that is right is not looked at.
function can_load(p: string): bool
	{
	return |find_in_zeekpath(p)| > 0;
	}
