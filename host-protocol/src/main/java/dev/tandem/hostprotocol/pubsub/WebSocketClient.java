package dev.tandem.hostprotocol.pubsub;

import dev.tandem.core.backbone.Backbone;
import dev.tandem.core.backbone.EventMessage;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: its first message is the topics it wants, which is acknowledged; from then on both sides send events (zeek
 * {@code src/cluster/websocket/WebSocket.cc}). One per connection, on its event loop, but for what a {@link
 * Backbone.Subscriber} is called by.
 *
 * <p>A client that reads too slowly loses events beyond a bound, and is told how many once it has caught up. One that writes
 * faster than the node handles is not read from meanwhile.
 */
final class WebSocketClient extends ChannelInboundHandlerAdapter implements Backbone.Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketClient.class);
    private static final long PAUSE_MILLIS = 10;
    private static final int NO_CLOSE_CODE = 1006;

    private final PubSubEndpoint endpoint;
    private final String id;
    private final Permissions permissions;
    private final @Nullable String application;
    private final WebSocketServerHandshaker handshaker;
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong lostEvents = new AtomicLong();
    private volatile @Nullable ChannelHandlerContext context;
    private Backbone.@Nullable Member member;
    private ClientWatcher.@Nullable Client known;
    private boolean pinged;
    private boolean paused;
    private boolean closing;
    private int closeCode = NO_CLOSE_CODE;
    private String closeReason = "";

    WebSocketClient(
            PubSubEndpoint endpoint,
            String id,
            Permissions permissions,
            @Nullable String application,
            WebSocketServerHandshaker handshaker) {
        this.endpoint = endpoint;
        this.id = id;
        this.permissions = permissions;
        this.application = application;
        this.handshaker = handshaker;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            pinged = false;
            if (message instanceof WebSocketFrame frame && !closing) {
                read(ctx, frame);
            } // else the end of the request that was upgraded
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ChannelHandlerContext ctx, WebSocketFrame frame) {
        switch (frame) {
            case TextWebSocketFrame text -> {
                if (member == null) {
                    begin(ctx, text.text());
                } else {
                    publish(ctx, text.text());
                }
            }
            case PingWebSocketFrame ping ->
                ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
            case CloseWebSocketFrame close -> {
                closeCode = close.statusCode() < 0 ? 1005 : close.statusCode();
                closeReason = close.reasonText();
                closing = true;
                handshaker.close(ctx, close.retain());
            }
            case PongWebSocketFrame pong -> {}
            default -> error(ctx, "deserialization_failed", "messages are text, not binary");
        }
    }

    private void begin(ChannelHandlerContext ctx, String text) {
        List<String> topics;
        try {
            topics = BrokerJson.topics(text);
        } catch (BrokerJson.Malformed e) {
            error(ctx, "deserialization_failed", String.valueOf(e.getMessage()));
            close(ctx, WebSocketCloseStatus.PROTOCOL_ERROR);
            return;
        }
        for (String topic : topics) {
            if (!permissions.maySubscribe(topic)) {
                error(ctx, "permission_denied", permissions.name() + " may not subscribe to \"" + topic + "\"");
                close(ctx, WebSocketCloseStatus.POLICY_VIOLATION);
                return;
            }
        }
        Backbone.Member joined = endpoint.backbone().join(this);
        topics.forEach(joined::subscribe);
        member = joined;
        InetSocketAddress address = (InetSocketAddress) ctx.channel().remoteAddress();
        ClientWatcher.Client client = new ClientWatcher.Client(id, address, application);
        known = client;
        endpoint.watcher().added(client, topics);
        // Events that come already wait behind what this event loop does now.
        send(ctx, BrokerJsonWriter.notice("ack", "endpoint", id, "version", endpoint.version()));
    }

    private void publish(ChannelHandlerContext ctx, String text) {
        Backbone.Member self = member;
        if (self == null) {
            return;
        }
        try {
            BrokerJson.Published message = BrokerJson.message(text);
            if (!permissions.mayPublish(message.topic())) {
                error(ctx, "permission_denied", permissions.name() + " may not publish on \"" + message.topic() + "\"");
                return;
            }
            self.publish(message.topic(), message.event());
        } catch (BrokerJson.Malformed e) {
            error(ctx, "deserialization_failed", String.valueOf(e.getMessage()));
        }
        if (endpoint.backbone().isCongested()) {
            pause(ctx);
        }
    }

    /** Reads no more until others have caught up. What has been read already still goes through. */
    private void pause(ChannelHandlerContext ctx) {
        if (!paused) {
            paused = true;
            ctx.channel().config().setAutoRead(false);
            ctx.executor().schedule(() -> resume(ctx), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void resume(ChannelHandlerContext ctx) {
        paused = false;
        if (endpoint.backbone().isCongested() && ctx.channel().isActive()) {
            pause(ctx);
        } else {
            ctx.channel().config().setAutoRead(true);
        }
    }

    private void error(ChannelHandlerContext ctx, String code, String what) {
        send(ctx, BrokerJsonWriter.notice("error", "code", code, "context", what));
    }

    private void close(ChannelHandlerContext ctx, WebSocketCloseStatus status) {
        closing = true;
        closeCode = status.code();
        closeReason = status.reasonText();
        handshaker.close(ctx, new CloseWebSocketFrame(status)).addListener(ChannelFutureListener.CLOSE);
    }

    private void send(ChannelHandlerContext ctx, String text) {
        long bytes = text.length();
        queuedBytes.addAndGet(bytes);
        ctx.writeAndFlush(new TextWebSocketFrame(text)).addListener(done -> {
            long left = queuedBytes.addAndGet(-bytes);
            if (left < endpoint.settings().mostQueuedBytes() / 2) {
                tellLoss(ctx);
            }
        });
    }

    private void tellLoss(ChannelHandlerContext ctx) {
        long lost = lostEvents.getAndSet(0);
        if (lost > 0 && ctx.channel().isActive()) {
            error(ctx, "events_lost", lost + " events were not sent: they were read too slowly");
        }
    }

    // ---- any thread

    @Override
    public boolean accept(String topic, EventMessage message, Backbone.Subscriber from) {
        ChannelHandlerContext ctx = context;
        if (ctx == null || !ctx.channel().isActive()) {
            return false;
        }
        if (queuedBytes.get() > endpoint.settings().mostQueuedBytes()) {
            lostEvents.incrementAndGet();
            return false;
        }
        String text = endpoint.text(topic, message);
        queuedBytes.addAndGet(text.length());
        ctx.executor().execute(() -> {
            queuedBytes.addAndGet(-text.length());
            send(ctx, text);
        });
        return true;
    }

    @Override
    public void refused(EventMessage message, String reason) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && ctx.channel().isActive()) {
            ctx.executor().execute(() -> error(ctx, "deserialization_failed", reason));
        }
    }

    // ---- the connection's life

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof IdleStateEvent) || paused) {
            return;
        }
        if (pinged) {
            closeCode = NO_CLOSE_CODE;
            closeReason = "no answer to a ping";
            ctx.close();
        } else {
            pinged = true;
            ctx.writeAndFlush(new PingWebSocketFrame());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        endpoint.left();
        Backbone.Member self = member;
        if (self != null) {
            self.close();
        }
        ClientWatcher.Client client = known;
        if (client != null) {
            endpoint.watcher().lost(client, closeCode, closeReason);
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // Connections break, and frames are wrong or too long: the reason is told where one can be.
        LOG.debug("client {} ends", id, cause);
        if (closeCode == NO_CLOSE_CODE) {
            closeReason = String.valueOf(cause.getMessage());
        }
        ctx.close();
    }
}
