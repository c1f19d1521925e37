/** Who the hosts are: secrets, node keys and what is remembered of each. Read {@link dev.tandem.hostprotocol.enroll.NodeRegistry} first. */
@NullMarked
package dev.tandem.hostprotocol.enroll;

import org.jspecify.annotations.NullMarked;
