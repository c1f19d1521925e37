package dev.tandem.hostprotocol.pubsub;

import dev.tandem.core.backbone.Backbone;
import dev.tandem.core.backbone.EventMessage;
import dev.tandem.hostprotocol.server.UpgradeHandler;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.timeout.IdleStateHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients in that want to publish and subscribe: checks their token, upgrades the connection to WebSocket and gives it a
 * {@link WebSocketClient}. Shared by all event loops.
 */
public final class PubSubEndpoint implements UpgradeHandler {
    /** Where Zeek serves it. */
    public static final String PATH = "/v1/messages/json";

    private static final Pattern APPLICATION = Pattern.compile("[-/_.=:*@a-zA-Z0-9]{1,256}");
    private static final String BEARER = "Bearer ";
    private static final int MOST_CLIENTS = 10_000;

    /** A message that many clients are sent has its text made once. */
    private record Written(String topic, EventMessage event, String text) {}

    private final Backbone backbone;
    private final AccessTokens tokens;
    private final String nodeId;
    private final String version;
    private final PubSubSettings settings;
    private final ClientWatcher watcher;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger clients = new AtomicInteger();
    private volatile @Nullable Written last;

    /**
     * @param nodeId what this node calls itself
     * @param version of this program
     * @param watcher told of clients that come and go
     */
    public PubSubEndpoint(
            Backbone backbone,
            AccessTokens tokens,
            String nodeId,
            String version,
            PubSubSettings settings,
            ClientWatcher watcher) {
        this.backbone = backbone;
        this.tokens = tokens;
        this.nodeId = nodeId;
        this.version = version;
        this.settings = settings;
        this.watcher = watcher;
    }

    Backbone backbone() {
        return backbone;
    }

    String version() {
        return version;
    }

    PubSubSettings settings() {
        return settings;
    }

    ClientWatcher watcher() {
        return watcher;
    }

    /** How many clients are connected. Any thread. */
    public int clients() {
        return clients.get();
    }

    void left() {
        clients.decrementAndGet();
    }

    /** The text of an event for clients. */
    String text(String topic, EventMessage event) {
        Written known = last;
        if (known != null && known.event == event && known.topic.equals(topic)) {
            return known.text;
        }
        String text = BrokerJsonWriter.message(topic, event);
        last = new Written(topic, event, text);
        return text;
    }

    @Override
    public void upgrade(ChannelHandlerContext ctx, HttpRequest request) {
        Permissions permissions = permissions(request);
        String application = request.headers().get("X-Application-Name");
        if (permissions == null) {
            refuse(
                    ctx,
                    HttpResponseStatus.UNAUTHORIZED,
                    "a token is needed: Authorization: Bearer TOKEN, one of the tokens file");
            return;
        }
        if (application != null && !APPLICATION.matcher(application).matches()) {
            refuse(ctx, HttpResponseStatus.BAD_REQUEST, "invalid X-Application-Name");
            return;
        }
        if (clients.get() >= MOST_CLIENTS) {
            refuse(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, "too many clients");
            return;
        }
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        PATH,
                        null,
                        WebSocketDecoderConfig.newBuilder()
                                .maxFramePayloadLength(settings.mostMessageBytes())
                                .allowExtensions(false)
                                .build())
                .newHandshaker(request);
        if (handshaker == null) {
            refuse(ctx, HttpResponseStatus.UPGRADE_REQUIRED, "WebSocket version 13 is spoken here");
            return;
        }
        clients.incrementAndGet();
        String id = nodeId + "-websocket-" + numbers.getAndIncrement();
        WebSocketClient client = new WebSocketClient(this, id, permissions, application, handshaker);
        ctx.pipeline().replace("idle", "idle", new IdleStateHandler(settings.pingSeconds(), 0, 0, TimeUnit.SECONDS));
        ctx.pipeline().addAfter(ctx.name(), "client", client);
        ctx.pipeline().addBefore("client", "frames", new WebSocketFrameAggregator(settings.mostMessageBytes()));
        ctx.pipeline().remove(ctx.handler());
        FullHttpRequest whole = new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE);
        handshaker
                .handshake(
                        ctx.channel(),
                        whole,
                        new DefaultHttpHeaders(),
                        ctx.channel().newPromise())
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private @Nullable Permissions permissions(HttpRequest request) {
        String given = request.headers().get(HttpHeaderNames.AUTHORIZATION);
        boolean isBearer = given != null && given.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return given == null || !isBearer
                ? null
                : tokens.find(given.substring(BEARER.length()).strip());
    }

    private static void refuse(ChannelHandlerContext ctx, HttpResponseStatus status, String why) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                status,
                Unpooled.copiedBuffer("{\"error\":\"" + why + "\"}", StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, "close");
        if (status.equals(HttpResponseStatus.UNAUTHORIZED)) {
            response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
        }
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
