package dev.tandem.hostprotocol.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a connection's requests together and hands each to its path's handler. One per connection, on its event loop.
 *
 * <p>Bodies are bounded by their path's handler and all together by a budget, so that no number of connections exhausts the
 * memory. One request is answered before the next may come, as osquery has it; who does not wait is cut off.
 */
final class RequestCollector extends ChannelInboundHandlerAdapter {
    /** Its name in a pipeline. */
    static final String NAME = "requests";

    private static final Logger LOG = LoggerFactory.getLogger(RequestCollector.class);
    private static final int FIRST_BODY_BYTES = 4096;
    private static final byte[] NO_BYTES = {};

    private final RequestRouter router;
    private final ByteBudget budget;
    private @Nullable HttpRequest head;
    private @Nullable RequestHandler handler;
    private byte[] body = NO_BYTES;
    private int length;
    private boolean answering;
    private boolean refused;

    RequestCollector(RequestRouter router, ByteBudget budget) {
        this.router = router;
        this.budget = budget;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (refused) {
                return;
            }
            if (message instanceof HttpRequest request) {
                begin(ctx, request);
            }
            if (message instanceof HttpContent content && !refused) {
                take(ctx, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        if (answering) {
            ctx.close();
            refused = true;
            return;
        }
        if (request.decoderResult().isFailure()) {
            refuse(
                    ctx,
                    HttpResponseStatus.BAD_REQUEST,
                    "not HTTP: " + request.decoderResult().cause().getMessage());
            return;
        }
        String path = path(request.uri());
        if (request.headers().contains(HttpHeaderNames.UPGRADE)) {
            UpgradeHandler upgrade = router.upgradeHandler(path);
            if (upgrade != null) {
                refused = true; // whatever comes here still is not a request
                ctx.pipeline().fireUserEventTriggered(SlowRequestGuard.Progress.UPGRADED);
                upgrade.upgrade(ctx, request);
                return;
            }
        }
        RequestHandler found = router.handler(path);
        if (found == null) {
            refuse(ctx, HttpResponseStatus.NOT_FOUND, "nothing is served at this path");
        } else if (!request.method().equals(HttpMethod.POST)
                && !(found.answersGet() && request.method().equals(HttpMethod.GET))) {
            refuse(ctx, HttpResponseStatus.METHOD_NOT_ALLOWED, "this path takes POST");
        } else if (HttpUtil.getContentLength(request, 0L) > found.mostBodyBytes()) {
            refuse(ctx, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, tooLong(found));
        } else {
            head = request;
            handler = found;
            if (HttpUtil.is100ContinueExpected(request)) {
                ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
            }
        }
    }

    private static String tooLong(RequestHandler handler) {
        return "a body of more than " + handler.mostBodyBytes() + " bytes is not taken here";
    }

    private void take(ChannelHandlerContext ctx, HttpContent content) {
        RequestHandler taker = handler;
        HttpRequest request = head;
        if (taker == null || request == null) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            refuse(ctx, HttpResponseStatus.BAD_REQUEST, "the body is not sent as HTTP has it");
            return;
        }
        int more = content.content().readableBytes();
        if (length + more > taker.mostBodyBytes()) {
            refuse(ctx, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, tooLong(taker));
            return;
        }
        if (!reserve(length + more)) {
            refuse(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, "busy");
            return;
        }
        content.content().readBytes(body, length, more);
        length += more;
        if (content instanceof LastHttpContent) {
            dispatch(ctx, request, taker);
        }
    }

    private boolean reserve(int bytes) {
        if (bytes <= body.length) {
            return true;
        }
        int size = Math.max(Math.max(bytes, FIRST_BODY_BYTES), body.length + (body.length >> 1));
        if (!budget.take(size - body.length)) {
            return false;
        }
        body = Arrays.copyOf(body, size);
        return true;
    }

    private void dispatch(ChannelHandlerContext ctx, HttpRequest head, RequestHandler taker) {
        String uri = head.uri();
        String path = path(uri);
        Request request = new Request(
                path,
                path.length() < uri.length() ? uri.substring(path.length() + 1) : "",
                head.headers(),
                Arrays.copyOf(body, length),
                ctx.channel().remoteAddress());
        Reply reply = new Reply(ctx, HttpUtil.isKeepAlive(head), request.acceptsGzip(), () -> finish(ctx));
        answering = true;
        try {
            taker.handle(request, reply);
        } catch (RuntimeException e) {
            LOG.error("a request to {} failed: please report it", path, e);
            reply.refuse(HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal error");
        }
    }

    private static String path(String uri) {
        int end = uri.indexOf('?');
        return end < 0 ? uri : uri.substring(0, end);
    }

    private void finish(ChannelHandlerContext ctx) {
        forget();
        answering = false;
        ctx.pipeline().fireUserEventTriggered(SlowRequestGuard.Progress.ANSWERED);
    }

    private void forget() {
        budget.give(body.length);
        body = NO_BYTES;
        length = 0;
        head = null;
        handler = null;
    }

    private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status, String error) {
        refused = true;
        forget();
        new Reply(ctx, false, false, () -> {}).refuseAndClose(status, error);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!answering) {
            forget(); // else when the answer cannot be written
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent && !answering) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // Connections break and strangers knock: nothing to tell.
        LOG.debug("connection of {} ends", ctx.channel().remoteAddress(), cause);
        ctx.close();
    }
}
