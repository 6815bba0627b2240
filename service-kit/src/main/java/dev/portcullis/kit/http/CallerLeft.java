package dev.portcullis.kit.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;

/** Hears that the caller of an HTTP request has closed the connection before it was answered, which the framework tells nobody. Thread-safe. */
public final class CallerLeft implements AutoCloseable {
    private final ChannelFuture closed;
    private final ChannelFutureListener listener;

    private CallerLeft(ChannelFuture closed, ChannelFutureListener listener) {
        this.closed = closed;
        this.listener = listener;
    }

    /**
     * Listens until it is closed.
     *
     * @param then run once when the caller has left, in the thread of the connection; at once when that is so already. Must not block
     */
    public static CallerLeft of(HttpRequest<?> request, Runnable then) {
        var original = request;
        while (original instanceof HttpRequestWrapper<?> wrapper) {
            original = wrapper.getDelegate();
        }
        if (!(original instanceof NettyHttpRequest<?> netty)) {
            throw new IllegalArgumentException("a request of another server: " + original.getClass());
        }
        var closed = netty.getChannelHandlerContext().channel().closeFuture();
        ChannelFutureListener listener = ended -> then.run();
        closed.addListener(listener);
        return new CallerLeft(closed, listener);
    }

    /** Listens no more: the connection may serve many further requests. */
    @Override
    public void close() {
        closed.removeListener(listener);
    }
}
