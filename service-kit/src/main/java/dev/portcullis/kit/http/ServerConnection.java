package dev.portcullis.kit.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ByteProcessor;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the HTTP server, between its codec and the framework. Passes requests on as they come, and answers by itself, and ends the connection with that,
 * when {@link HeadCheck} refuses a head, a body is broken (which the framework takes for its end), or a request is not whole in time. Answers keep the order of their
 * requests. Used by the thread of the connection.
 */
final class ServerConnection extends ChannelDuplexHandler {
    /** From the first byte of a request to the end of its head. */
    static final Duration HEAD_LIMIT = Duration.ofSeconds(10);
    /** From the end of the head to that of the body, which has 64 KB at most. */
    static final Duration BODY_LIMIT = Duration.ofSeconds(30);

    /** What is awaited of the caller. */
    private enum Awaited {
        /** The next request, for as long as the caller likes. */
        NEXT,
        HEAD,
        BODY
    }

    private final RequestEnds ends = new RequestEnds();
    private Awaited awaited = Awaited.NEXT;
    /** Requests that were passed on and whose answers have not ended. */
    private int owed;
    /** Whether an answer has begun that has not ended. */
    private boolean answering;
    /** Whether nothing more is read of the caller. */
    private boolean closing;
    /** With {@link #closing}: answers that are still to be passed on before the end. */
    private int before;

    private @Nullable HttpRefusal refusal;
    private @Nullable Future<?> limit;
    private @Nullable ChannelHandlerContext context;

    /** To stand before the codec: tells when the first byte of a request is there, and cuts what came at the ends of requests. */
    ChannelHandler bytes() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                if (message instanceof ByteBuf bytes) {
                    readParts(ctx, bytes);
                } else {
                    ctx.fireChannelRead(message);
                }
            }
        };
    }

    /** One request at a time, for the codec does not tell that it has kept the beginning of another. */
    private void readParts(ChannelHandlerContext ctx, ByteBuf bytes) {
        try {
            while (bytes.isReadable()) {
                var part = ends.part(bytes);
                // Empty lines before a request are none of it (RFC 9112, 2.2).
                if (awaited == Awaited.NEXT && !closing && part.forEachByte(ByteProcessor.FIND_NON_CRLF) >= 0) {
                    await(Awaited.HEAD);
                }
                ctx.fireChannelRead(part);
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        endLimit();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        endLimit();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var fault = closing ? null : fault(message);
        if (fault != null) {
            refuse(ctx, fault, !(message instanceof HttpRequest));
        }
        if (closing) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest head) {
            ends.head(head);
            owed++;
            await(Awaited.BODY);
            if (head.decoderResult().isFailure()) {
                // The codec reads nothing further; the answer to this is the last one.
                closing = true;
                before = owed;
                endLimit();
            }
        }
        if (message instanceof LastHttpContent) {
            await(Awaited.NEXT);
        }
        ctx.fireChannelRead(message);
    }

    /** A head that is no HTTP at all is answered by the framework. */
    private static @Nullable HttpRefusal fault(Object message) {
        if (message instanceof HttpRequest head) {
            return head.decoderResult().isFailure()
                    ? null
                    : HeadCheck.refusal(head).orElse(null);
        }
        return message instanceof HttpContent part && part.decoderResult().isFailure()
                ? HttpRefusal.brokenBody()
                : null;
    }

    private void await(Awaited next) {
        awaited = next;
        endLimit();
        var ctx = context;
        if (next != Awaited.NEXT && ctx != null) {
            var time = next == Awaited.HEAD ? HEAD_LIMIT : BODY_LIMIT;
            limit = ctx.executor().schedule(() -> late(ctx), time.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void endLimit() {
        var running = limit;
        limit = null;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void late(ChannelHandlerContext ctx) {
        var body = awaited == Awaited.BODY;
        if (owed > (body ? 1 : 0)) {
            // While earlier requests wait for their answers, the framework reads no further.
            await(awaited);
        } else {
            refuse(ctx, body ? HttpRefusal.lateBody(BODY_LIMIT) : HttpRefusal.lateHead(HEAD_LIMIT), body);
        }
    }

    /** @param passedOn whether the framework has the head of the request, so that this takes the place of its answer, unless that has begun or has ended already */
    private void refuse(ChannelHandlerContext ctx, HttpRefusal why, boolean passedOn) {
        closing = true;
        endLimit();
        if (passedOn && (owed == 0 || owed == 1 && answering)) {
            before = owed;
        } else {
            before = owed - (passedOn ? 1 : 0);
            refusal = why;
        }
        endWhenDue(ctx);
    }

    private void endWhenDue(ChannelHandlerContext ctx) {
        if (!closing || before > 0) {
            return;
        }
        var why = refusal;
        if (why == null) {
            ctx.close();
        } else {
            var answer = why.response();
            SecurityHeaders.add(answer.headers());
            ctx.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (closing && before == 0) {
            ReferenceCountUtil.release(message);
            promise.trySuccess();
            return;
        }
        // "100 Continue" is no answer yet.
        if (message instanceof HttpResponse answer && answer.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            answering = true;
            SecurityHeaders.add(answer.headers());
            if (closing && before == 1 && refusal == null) {
                answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
        }
        var ends = answering && message instanceof LastHttpContent;
        ctx.write(message, promise);
        if (ends) {
            answering = false;
            owed--;
            if (closing) {
                before--;
                ctx.flush();
                endWhenDue(ctx);
            }
        }
    }
}
