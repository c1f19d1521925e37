/**
 * Queries for hosts: who is asked what, and what a query's SQL reads. Read {@link
 * dev.tandem.hostprotocol.query.Subscriptions} first.
 */
@NullMarked
package dev.tandem.hostprotocol.query;

import org.jspecify.annotations.NullMarked;
