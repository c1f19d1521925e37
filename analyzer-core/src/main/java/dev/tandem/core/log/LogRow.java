package dev.tandem.core.log;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;

/**
 * Takes one row's values, one call per field in the schema's order. Engine thread. Values are read during the call, so a
 * later change to a script value does not reach the row.
 *
 * <p>A set or vector is {@link #beginContainer}, one call per element, {@link #endContainer}.
 */
public interface LogRow {
    void unset();

    void bool(boolean value);

    void integer(long value);

    /** @param value unsigned */
    void count(long value);

    void number(double value);

    /** @param seconds since 1970 */
    void time(double seconds);

    void interval(double seconds);

    /** A string, pattern, file or function name. */
    void string(Bytes value);

    /** An enum's full name. */
    void enumName(Bytes name);

    void addr(Addr value);

    void subnet(Subnet value);

    void port(Port value);

    void beginContainer(int elements);

    void endContainer();
}
