package dev.tandem.core.correlation;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** Lets the hosts have their turn, a part of them each second, so that nothing waits for all of them. */
final class Turns {
    private final int seconds;
    private Iterator<HostCorrelation> left = Collections.emptyIterator();

    /** @param seconds within which each has its turn */
    Turns(int seconds) {
        this.seconds = seconds;
    }

    /** A second has passed. */
    void next(Collection<HostCorrelation> all, Consumer<HostCorrelation> turn) {
        for (int n = all.size() / seconds + 1; n > 0; n--) {
            if (!left.hasNext()) {
                left = List.copyOf(all).iterator();
                if (!left.hasNext()) {
                    return;
                }
            }
            turn.accept(left.next());
        }
    }
}
