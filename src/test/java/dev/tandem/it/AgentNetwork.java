package dev.tandem.it;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What simulated hosts share: threads, the server's address and whom they trust. */
final class AgentNetwork implements AutoCloseable {
    final InetSocketAddress server;
    final SslContext tls;
    private final EventLoopGroup loops;

    /**
     * @param authority certificate of the server's authority, PEM
     * @param protocols of TLS that the hosts speak; none for both
     */
    AgentNetwork(InetSocketAddress server, Path authority, String... protocols) throws IOException {
        this(server, clientTls(authority, protocols));
    }

    AgentNetwork(InetSocketAddress server, SslContext tls) {
        this.server = server;
        this.tls = tls;
        loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    }

    private static SslContext clientTls(Path authority, String... protocols) throws IOException {
        SslContextBuilder builder =
                SslContextBuilder.forClient().sslProvider(SslProvider.JDK).trustManager(authority.toFile());
        return protocols.length == 0
                ? builder.build()
                : builder.protocols(protocols).build();
    }

    EventLoop loop() {
        return loops.next();
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
