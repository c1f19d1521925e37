/** Monitored hosts: what they are asked and what they answer. Read {@link dev.tandem.core.host.HostQueries} first. */
@NullMarked
package dev.tandem.core.host;

import org.jspecify.annotations.NullMarked;
