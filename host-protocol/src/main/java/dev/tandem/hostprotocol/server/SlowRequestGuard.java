package dev.tandem.hostprotocol.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cuts off who sends a request too slowly, however steadily: from its first byte to its answer a request may take twice what
 * osquery itself allows. One per connection, on its event loop, before the HTTP codec.
 */
final class SlowRequestGuard extends ChannelInboundHandlerAdapter {
    /** osquery gives up on a request after 16 seconds. */
    static final int MOST_SECONDS = 32;

    /** What the handler of requests tells. */
    enum Progress {
        /** The request is answered. */
        ANSWERED,
        /** There will be no more requests. */
        UPGRADED
    }

    private final int mostSeconds;
    private @Nullable Future<?> deadline;
    private boolean upgraded;

    SlowRequestGuard(int mostSeconds) {
        this.mostSeconds = mostSeconds;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (deadline == null && !upgraded) {
            deadline = ctx.executor().schedule(() -> ctx.close(), mostSeconds, TimeUnit.SECONDS);
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Progress progress) {
            upgraded |= progress == Progress.UPGRADED;
            cancel();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancel();
        ctx.fireChannelInactive();
    }

    private void cancel() {
        Future<?> set = deadline;
        if (set != null) {
            set.cancel(false);
            deadline = null;
        }
    }
}
