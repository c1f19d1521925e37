package dev.tandem.hostprotocol.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;

/** Takes over a connection that wants to speak another protocol than HTTP from now on, such as WebSocket. */
public interface UpgradeHandler {
    /**
     * Event loop. The connection's handlers before {@code ctx} are TLS and the HTTP codec; {@code ctx} itself, under the name
     * {@link RequestCollector#NAME}, has collected requests and is to be replaced. A refusal is a complete HTTP response
     * and a close.
     *
     * @param request its head only: upgrades have no body; the end of an empty body follows as a message of its own
     */
    void upgrade(ChannelHandlerContext ctx, HttpRequest request);
}
