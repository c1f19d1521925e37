package dev.tandem.core.host;

/** Which changes of a query's result a subscriber wants, and what a row is. Names are osquery scripts' (Bro-Osquery). */
public enum UpdateType {
    ADD,
    REMOVE,
    BOTH,
    SNAPSHOT
}
