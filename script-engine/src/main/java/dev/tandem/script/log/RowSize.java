package dev.tandem.script.log;

import dev.tandem.core.log.LogRow;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;

/** Counts a row's bytes instead of writing them: numbers 8, addresses 16, strings their length. */
final class RowSize implements LogRow {
    private long bytes;

    void reset() {
        bytes = 0;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void unset() {}

    @Override
    public void bool(boolean value) {
        bytes += 8;
    }

    @Override
    public void integer(long value) {
        bytes += 8;
    }

    @Override
    public void count(long value) {
        bytes += 8;
    }

    @Override
    public void number(double value) {
        bytes += 8;
    }

    @Override
    public void time(double seconds) {
        bytes += 8;
    }

    @Override
    public void interval(double seconds) {
        bytes += 8;
    }

    @Override
    public void string(Bytes value) {
        bytes += value.length();
    }

    @Override
    public void enumName(Bytes name) {
        bytes += name.length();
    }

    @Override
    public void addr(Addr value) {
        bytes += 16;
    }

    @Override
    public void subnet(Subnet value) {
        bytes += 17;
    }

    @Override
    public void port(Port value) {
        bytes += 8;
    }

    @Override
    public void beginContainer(int elements) {}

    @Override
    public void endContainer() {}
}
