package dev.tandem.hostprotocol.server;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;

/** Gives each connection its handlers: TLS, time-outs, HTTP, requests. */
final class HostServerInitializer extends ChannelInitializer<SocketChannel> {
    /** Longer than any interval that agents are told to poll at. */
    private static final int IDLE_SECONDS = 900;

    private static final int LONGEST_LINE = 8192;
    private static final int LONGEST_HEADERS = 16384;
    private static final int CHUNK = 65536;

    private final RenewedTls tls;
    private final RequestRouter router;
    private final ByteBudget budget;

    HostServerInitializer(RenewedTls tls, RequestRouter router, ByteBudget budget) {
        this.tls = tls;
        this.router = router;
        this.budget = budget;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast("tls", tls.current().newHandler(channel.alloc()));
        pipeline.addLast("idle", new IdleStateHandler(0, 0, IDLE_SECONDS, TimeUnit.SECONDS));
        pipeline.addLast("slow", new SlowRequestGuard(SlowRequestGuard.MOST_SECONDS));
        pipeline.addLast("http", new HttpServerCodec(LONGEST_LINE, LONGEST_HEADERS, CHUNK));
        pipeline.addLast(RequestCollector.NAME, new RequestCollector(router, budget));
    }
}
