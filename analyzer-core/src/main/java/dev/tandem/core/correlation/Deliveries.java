package dev.tandem.core.correlation;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Hosts whose rows are being delivered, in the order in which those deliveries end. Each is looked at when its own has ended:
 * all of them at once would keep the engine waiting.
 */
final class Deliveries {
    private final ArrayDeque<HostCorrelation> underWay = new ArrayDeque<>();
    private final Consumer<Flow> complete;

    /** @param complete told of connections of whose time all calls have been told */
    Deliveries(Consumer<Flow> complete) {
        this.complete = complete;
    }

    /** A host has told of a call. */
    void called(HostCorrelation h) {
        if (Double.isInfinite(h.deliveredBy)) {
            await(h);
        }
    }

    private void await(HostCorrelation h) {
        h.deliveredBy = h.host().order().deliveredBy();
        underWay.add(h);
    }

    /** Time has passed, by our clock. */
    void passed(double now) {
        while (!underWay.isEmpty() && underWay.element().deliveredBy <= now) {
            HostCorrelation h = underWay.remove();
            if (h.host().order().deliveredBy() > now) {
                // More has come meanwhile.
                await(h);
            } else {
                h.deliveredBy = Double.POSITIVE_INFINITY;
                h.passed(now, complete);
            }
        }
    }
}
