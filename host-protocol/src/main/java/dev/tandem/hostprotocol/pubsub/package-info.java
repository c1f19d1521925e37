/**
 * The endpoint for clients that publish and subscribe to events, in the JSON of Zeek's WebSocket interface. Read {@link
 * dev.tandem.hostprotocol.pubsub.WebSocketClient} first, then {@link dev.tandem.hostprotocol.pubsub.BrokerJson}.
 */
@NullMarked
package dev.tandem.hostprotocol.pubsub;

import org.jspecify.annotations.NullMarked;
