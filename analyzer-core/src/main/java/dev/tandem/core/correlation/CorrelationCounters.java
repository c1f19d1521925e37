package dev.tandem.core.correlation;

/**
 * What has happened so far.
 *
 * @param waiting connections that have ended and wait for their hosts now
 * @param tracked connections that are remembered now
 * @param calls calls and connection ends that are kept now
 * @param answered connections that were answered
 * @param timedOut of these, those whose hosts had not told all
 * @param revised answers that what came later has changed
 * @param forgotten connections, processes and sockets that were dropped for want of room
 */
public record CorrelationCounters(
        long waiting, long tracked, long calls, long answered, long timedOut, long revised, long forgotten) {}
