/**
 * osquery's TLS remote API: what a stock osqueryd asks and is told (osquery {@code docs/wiki/deployment/remote.md}). Read
 * {@link dev.tandem.hostprotocol.remote.OsqueryApi} first.
 */
@NullMarked
package dev.tandem.hostprotocol.remote;

import org.jspecify.annotations.NullMarked;
