package dev.tandem.core.file;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;

/** What file analysis needs of the script engine. Engine thread. */
public interface FileContext {
    /** A script record fa_metadata for a file that begins like this. */
    RecordValue metadata(Bytes begin);

    /** Whether two records of arguments are equal. */
    boolean sameArguments(RecordValue a, RecordValue b);
}
