package dev.tandem.core.host;

/** Whom a query goes to. */
public sealed interface QueryTarget {
    /** Every host, now and later. */
    record Everyone() implements QueryTarget {}

    /** One host by its identifier. */
    record OneHost(String hostId) implements QueryTarget {}

    /** Every member of a group, now and later. */
    record Group(String name) implements QueryTarget {}
}
