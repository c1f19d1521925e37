##! Options of the writer that throws rows away.

module LogNone;

export {
	## Prints what it is asked to do.
	const debug = F &redef;
}

function keep_nothing(info: Log::RotationInfo): bool
	{
	return T;
	}

redef Log::default_rotation_postprocessors += { [Log::WRITER_NONE] = keep_nothing };
