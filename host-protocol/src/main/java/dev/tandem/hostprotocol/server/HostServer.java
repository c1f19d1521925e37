package dev.tandem.hostprotocol.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The port of the hosts: HTTP/1.1 over TLS, keep-alive, each path served by what the {@link RequestRouter} has for it. The
 * port is bound when the server is made, and connections are taken from {@link #accept} on.
 */
public final class HostServer implements AutoCloseable {
    /**
     * Who waits longer for a handshake than its client has patience costs a handshake for nothing: the rest is left to the
     * kernel, which answers it later.
     */
    private static final int BACKLOG = 256;

    private static final int STOP_SECONDS = 5;

    private final EventLoopGroup loops;
    private final Channel listening;

    private HostServer(EventLoopGroup loops, Channel listening) {
        this.loops = loops;
        this.listening = listening;
    }

    /**
     * Binds the port.
     *
     * @param address port 0 is any free one
     * @param budget bound of the request bodies that are in memory at a time
     * @throws IOException when the port is taken or the address is none of ours; the message says which
     */
    public static HostServer bind(InetSocketAddress address, RenewedTls tls, RequestRouter router, ByteBudget budget)
            throws IOException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                Math.max(2, Runtime.getRuntime().availableProcessors()), NioIoHandler.newFactory());
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new HostServerInitializer(tls, router, budget))
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            String reason = bound.cause() == null ? "" : bound.cause().getMessage();
            throw new IOException(
                    "cannot listen for hosts at " + address.getHostString() + ":" + address.getPort() + ": " + reason);
        }
        return new HostServer(loops, bound.channel());
    }

    /** Takes connections from now on. */
    public void accept() {
        listening.config().setAutoRead(true);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /** Takes no more connections; those that there are go on. */
    public void refuse() {
        listening.close().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends all connections, when what they were told is sent. Waits for it, but not forever. */
    @Override
    public void close() {
        refuse();
        loops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
