package dev.tandem.script.framework;

import dev.tandem.core.host.HostQueries;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.QueryTarget;
import dev.tandem.core.value.Subnet;

/** An engine without monitored hosts: takes every query, and nobody answers. */
public final class NoHosts implements HostQueries {
    @Override
    public void subscribe(HostQuery query, QueryTarget target) {}

    @Override
    public void unsubscribe(HostQuery query, QueryTarget target) {}

    @Override
    public void execute(HostQuery query, QueryTarget target) {}

    @Override
    public void join(Subnet range, String group) {}

    @Override
    public void leave(Subnet range, String group) {}

    @Override
    public int poll(double networkTime, Sink sink) {
        return 0;
    }

    @Override
    public double nextArrival() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public void drain(Sink sink) {}

    @Override
    public void close() {}
}
