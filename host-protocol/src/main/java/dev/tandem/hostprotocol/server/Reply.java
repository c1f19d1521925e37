package dev.tandem.hostprotocol.server;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to one request. Any thread; the first answer counts.
 *
 * <p>osquery looks at the body alone, whatever the status: an empty one is success to it, one with a member {@code error} is
 * failure, and one that is no JSON object is trouble (osquery {@code remote/serializers/json.cpp}). So every body is an
 * object, and refusals have that member.
 */
public final class Reply {
    private static final Logger LOG = LoggerFactory.getLogger(Reply.class);
    private static final int WORTH_ZIPPING = 1024;

    private final ChannelHandlerContext ctx;
    private final boolean keepAlive;
    private final boolean gzip;
    private final Runnable finished;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** @param finished called once, on the event loop, when the answer is written or cannot be */
    Reply(ChannelHandlerContext ctx, boolean keepAlive, boolean gzip, Runnable finished) {
        this.ctx = ctx;
        this.keepAlive = keepAlive;
        this.gzip = gzip;
        this.finished = finished;
    }

    /** Answers 200. */
    public void json(String object) {
        json(object.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers 200. */
    public void json(byte[] object) {
        send(HttpResponseStatus.OK, "application/json", object, keepAlive);
    }

    /** Answers 200 with text that is not for osquery. */
    public void text(String contentType, String text) {
        send(HttpResponseStatus.OK, contentType, text.getBytes(StandardCharsets.UTF_8), keepAlive);
    }

    /** Refuses: the agent keeps what it sent and tries again. */
    public void refuse(HttpResponseStatus status, String error) {
        send(status, "application/json", errorBody(error), keepAlive);
    }

    /** Refuses a request of which not all was read. */
    void refuseAndClose(HttpResponseStatus status, String error) {
        send(status, "application/json", errorBody(error), false);
    }

    static byte[] errorBody(String error) {
        return ("{\"error\":\"" + new String(JsonStringEncoder.getInstance().quoteAsString(error)) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void send(HttpResponseStatus status, String contentType, byte[] body, boolean keep) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        boolean zipped = gzip && body.length >= WORTH_ZIPPING;
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(zipped ? zip(body) : body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, keep ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
        if (zipped) {
            response.headers().set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
        }
        if (ctx.executor().inEventLoop()) {
            write(response, keep);
        } else {
            try {
                ctx.executor().execute(() -> write(response, keep));
            } catch (RejectedExecutionException e) {
                LOG.debug(
                        "the server has ended before {} could be told",
                        ctx.channel().remoteAddress());
            }
        }
    }

    private void write(FullHttpResponse response, boolean keep) {
        finished.run();
        var written = ctx.writeAndFlush(response);
        if (!keep) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static byte[] zip(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail so
        }
        return out.toByteArray();
    }
}
