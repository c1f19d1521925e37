/** What operators add to the configuration of hosts: packs of queries and decorators. Begin with {@link PackFile}. */
@NullMarked
package dev.tandem.hostprotocol.pack;

import org.jspecify.annotations.NullMarked;
