package dev.tandem.hostprotocol.result;

/**
 * A line of osquery's own log (osquery {@code docs/wiki/deployment/logging.md}, status logs).
 *
 * @param severity 0 information, 1 warning, 2 error, 3 fatal
 * @param unixTime the host's time, seconds since 1970; 0 when it does not say
 * @param file of osquery's source
 */
public record StatusLine(int severity, double unixTime, String file, int line, String message, String version) {}
