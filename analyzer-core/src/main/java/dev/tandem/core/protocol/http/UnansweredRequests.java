package dev.tandem.core.protocol.http;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The requests of a connection that have no reply yet, oldest first. What a request was is only known of the first {@link #KNOWN}:
 * a client that never stops asking costs no more.
 */
final class UnansweredRequests {
    static final int KNOWN = 1000;

    private final Deque<Boolean> heads = new ArrayDeque<>(2);

    /** Behind the known. */
    private long others;

    /** @param head whether its method is HEAD */
    void add(boolean head) {
        if (others == 0 && heads.size() < KNOWN) {
            heads.add(head);
        } else {
            others++;
        }
    }

    boolean isEmpty() {
        return size() == 0;
    }

    long size() {
        return heads.size() + others;
    }

    /** Whether the reply to come has no body whatever its headers say. */
    boolean firstIsHead() {
        return Boolean.TRUE.equals(heads.peek());
    }

    /** Its reply is there; nothing when there is none. */
    void removeFirst() {
        if (heads.poll() == null && others > 0) {
            others--;
        }
    }
}
