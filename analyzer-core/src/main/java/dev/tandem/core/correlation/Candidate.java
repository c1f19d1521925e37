package dev.tandem.core.correlation;

import dev.tandem.core.host.ProcessInfo;
import org.jspecify.annotations.Nullable;

/**
 * Someone who may be behind an end of a connection.
 *
 * @param host identifier
 * @param pid -1 when only the host is known
 * @param path of the program that made the call; empty when not known
 * @param process null when nothing is known of the number
 * @param uid -1 when not known
 * @param user empty when not known
 * @param method what it rests on
 * @param confidence 0 to 1
 */
public record Candidate(
        String host,
        int pid,
        String path,
        @Nullable ProcessInfo process,
        long uid,
        String user,
        Method method,
        double confidence) {
    Candidate withConfidence(double other) {
        return new Candidate(host, pid, path, process, uid, user, method, other);
    }

    /** What an answer rests on, best first. */
    public enum Method {
        /** An open socket with both addresses and ports. */
        FIVE_TUPLE("five-tuple"),
        /** A call of accept that names the peer's address and port. */
        ACCEPT("accept"),
        /** A call of connect, which names the peer but not the own port: found by its place among others. */
        CONNECT("connect"),
        /** The same for a connection from a router's address, of which some host behind the router must be the origin. */
        TRANSLATED("translated"),
        /** A socket that listens at the port, or is open there without a peer. */
        LISTENER("listener"),
        /** A call of bind to the port. */
        BIND("bind"),
        /** Nothing but the host. */
        ADDRESS("address");

        private final String label;

        Method(String label) {
            this.label = label;
        }

        /** The word in logs. */
        public String label() {
            return label;
        }
    }
}
