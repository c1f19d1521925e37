package dev.tandem.daemon;

import java.util.function.Consumer;

/** Passes on the first few messages of many alike, then how many more there were. Used by one thread. */
final class LimitedComplaints implements Consumer<String> {
    private static final int MOST = 5;

    private final Consumer<String> listener;
    private int count;

    LimitedComplaints(Consumer<String> listener) {
        this.listener = listener;
    }

    @Override
    public void accept(String message) {
        if (++count <= MOST) {
            listener.accept(message);
        }
    }

    /** @param text what stands before the number of those that were not passed on, if there were any */
    void finish(String text) {
        if (count > MOST) {
            listener.accept(text + (count - MOST));
        }
    }
}
