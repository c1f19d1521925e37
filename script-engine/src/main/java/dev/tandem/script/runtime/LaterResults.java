package dev.tandem.script.runtime;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Results that are not there yet, for functions called in the condition of a {@code when} statement. The condition is
 * evaluated anew once a result has come, so its calls are made again, and then find what they waited for. A service of the
 * engine; engine thread.
 */
public interface LaterResults {
    /** Ends an evaluation whose result is not there yet. No error: nothing is reported. */
    final class Awaited extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Awaited() {
            super(null, null, false, false);
        }
    }

    /** The result of one call, over all evaluations of a condition. */
    interface Result {
        /** What the call gives; null while it is awaited. */
        @Nullable
        Object value();

        /** Whether somebody is getting it already. */
        boolean isAwaited();

        /** To be thrown by the call: ends this evaluation of the condition until {@link #give}. */
        default Awaited awaited() {
            return new Awaited();
        }

        /** The result has come. Engine thread. */
        void give(Object value);

        /** The result comes from another thread; a failure gives none. */
        void awaitFrom(Future<?> later);
    }

    /**
     * The result for the call that is being made, told apart by function and by the order of its calls.
     *
     * @return null when no condition is being evaluated, so that nobody can wait
     */
    @Nullable
    Result of(Object function);
}
