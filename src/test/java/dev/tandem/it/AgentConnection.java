package dev.tandem.it;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/**
 * One of the connections of an osqueryd, as its HTTP client has it (osquery {@code remote/http_client.cpp}): kept alive, one
 * request at a time, opened again when the server has closed it, and 16 seconds for each request with all that belongs to it.
 */
final class AgentConnection {
    private static final int SECONDS = 16;
    private static final int LONGEST_ANSWER = 8 << 20;

    /** An answer as far as osquery looks at it, and its status for who looks at more. */
    record Answer(int status, byte[] body) {}

    private final AgentNetwork network;
    private final EventLoop loop;
    private Channel channel;
    private CompletableFuture<Answer> pending;

    /** @param loop on which all of it happens */
    AgentConnection(AgentNetwork network, EventLoop loop) {
        this.network = network;
        this.loop = loop;
    }

    /**
     * Sends a request. Any thread; not before the last one is answered.
     *
     * @param key for the Authorization header of osquery 5.23; null for none
     * @param gzip whether the body is compressed
     */
    CompletableFuture<Answer> post(String path, byte[] json, String key, boolean gzip) {
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, path, Unpooled.wrappedBuffer(gzip ? zip(json) : json));
        request.headers()
                .set(HttpHeaderNames.HOST, network.server.getHostString() + ":" + network.server.getPort())
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.ACCEPT, "application/json")
                .set(HttpHeaderNames.USER_AGENT, "osquery/5.23.1")
                .set(HttpHeaderNames.CONTENT_LENGTH, request.content().readableBytes());
        if (gzip) {
            request.headers().set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
        }
        if (key != null) {
            request.headers().set(HttpHeaderNames.AUTHORIZATION, "NodeKey " + key);
        }
        return send(request);
    }

    CompletableFuture<Answer> send(FullHttpRequest request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        loop.execute(() -> {
            pending = answer;
            ScheduledFuture<?> deadline =
                    loop.schedule(() -> fail(answer, "no answer in time"), SECONDS, TimeUnit.SECONDS);
            answer.whenComplete((a, e) -> deadline.cancel(false));
            if (channel != null && channel.isActive()) {
                channel.writeAndFlush(request);
            } else {
                connect(request, answer);
            }
        });
        return answer;
    }

    private void connect(FullHttpRequest request, CompletableFuture<Answer> answer) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, SECONDS * 1000)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel made) {
                        made.pipeline()
                                .addLast(network.tls.newHandler(
                                        made.alloc(), network.server.getHostString(), network.server.getPort()))
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(LONGEST_ANSWER))
                                .addLast(new Answers());
                    }
                });
        bootstrap.connect(network.server).addListener(connected -> {
            if (connected.isSuccess()) {
                channel = ((io.netty.channel.ChannelFuture) connected).channel();
                channel.writeAndFlush(request);
            } else {
                request.release();
                fail(answer, String.valueOf(connected.cause().getMessage()));
            }
        });
    }

    private void fail(CompletableFuture<Answer> answer, String why) {
        if (pending == answer) {
            close();
            answer.completeExceptionally(new IOException(why));
        }
    }

    /** Cuts the connection: whatever was to be answered is lost. Any thread. */
    void close() {
        loop.execute(() -> {
            if (channel != null) {
                channel.close();
                channel = null;
            }
        });
    }

    private final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
            byte[] body = new byte[response.content().readableBytes()];
            response.content().readBytes(body);
            CompletableFuture<Answer> waiting = pending;
            if (waiting != null) {
                pending = null;
                waiting.complete(new Answer(response.status().code(), body));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            CompletableFuture<Answer> waiting = pending;
            if (waiting != null && ctx.channel() == channel) {
                pending = null;
                channel = null;
                waiting.completeExceptionally(new IOException("connection closed"));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            CompletableFuture<Answer> waiting = pending;
            if (waiting != null) {
                pending = null;
                waiting.completeExceptionally(new IOException(String.valueOf(cause.getMessage()), cause));
            }
            ctx.close();
        }
    }

    static byte[] zip(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
