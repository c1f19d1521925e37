package dev.tandem.core.correlation;

/** Time scales and bounds. */
final class CorrelationLimits {
    /** Seconds that an answer may still change, and that what is needed for it is kept. */
    static final double KEPT = 600;

    /**
     * Seconds by which a connection may follow its call: a minute is what a blocking connect or a datagram socket may wait
     * (TCP's SYN retransmissions, RFC 6298, take 63 s with Linux's six), and old calls are looked through no further.
     */
    static final double CALL_WAITS = 64;

    /** Seconds from a change at the host to when a table of sockets, which is read now and then, shows it. */
    static final double TABLE_WAITS = 10;

    /** Connections with a monitored end that are remembered at a time. */
    static final int MOST_CONNECTIONS = 1_000_000;

    /** Connections without one, whose hosts may yet be heard of. */
    static final int MOST_UNCLAIMED = 10_000;

    private CorrelationLimits() {}
}
