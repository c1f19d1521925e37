package dev.tandem.core.log;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Logs made of input that can be had again after a crash, such as host results out of their journal. How far the input was
 * used and how long the files then were is stored together; after a crash the files are cut to that length, appended to, and
 * the input after it is used again: so no row is missing and none is there twice.
 */
public interface CommittedLogs {
    /**
     * Says where the input stands. Once, before the first {@link #commit}.
     *
     * @param position place in the input of which all rows written up to now, and no others, are made; negative when there is
     *     none, since input is being worked at; asked on the engine thread
     * @param safe told a place when it is stored with the lengths of the logs; on another thread
     */
    void follow(LongSupplier position, LongConsumer safe);

    /** Stores place and lengths, unless input is being worked at. Engine thread; returns at once. */
    void commit();
}
