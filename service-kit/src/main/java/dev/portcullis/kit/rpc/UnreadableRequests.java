package dev.portcullis.kit.rpc;

import com.google.rpc.Code;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Answers requests whose bytes are no message of the method by the error model. gRPC reads them before a service sees them, and would tell the caller UNKNOWN and the
 * log a stack trace; of a message that is too large it would tell no reason, and of none at all, or of a timeout that is none, that the server failed. Stateless.
 */
final class UnreadableRequests implements ServerInterceptor {
    private final int mostBytes;

    /** @param mostBytes of a message, uncompressed */
    UnreadableRequests(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** The service, its requests read where their faults are answered. */
    ServerServiceDefinition around(ServerServiceDefinition service) {
        return ServerInterceptors.intercept(ServerInterceptors.useInputStreamMessages(service), this);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (CallTimeouts.isUnreadable()) {
            RpcErrors.end(
                    call,
                    RequestFields.invalid(
                            CallTimeouts.HEADER,
                            "is no timeout of a call; legal: up to eight digits and one of H, M, S, m, u and n, as"
                                    + " 10S"));
            return new ServerCall.Listener<>() {};
        }
        var open = new OpenCall<>(call);
        return new ReadRequests<>(open, next.startCall(open, headers));
    }

    /** A call that tells whether it has been answered. Used by one thread at a time. */
    private static final class OpenCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private volatile boolean closed;

        OpenCall(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            // A method that is not at its end when its request cannot be read, as a stream, ends once more when it
            // hears of that.
            if (!closed) {
                closed = true;
                super.close(status, trailers);
            }
        }
    }

    /** Hears nothing more of a call that has been answered. */
    private final class ReadRequests<Q> extends SimpleForwardingServerCallListener<Q> {
        private final OpenCall<Q, ?> call;
        private boolean any;

        ReadRequests(OpenCall<Q, ?> call, ServerCall.Listener<Q> next) {
            super(next);
            this.call = call;
        }

        @Override
        public void onMessage(Q bytes) {
            any = true;
            if (call.closed) {
                return;
            }
            try {
                super.onMessage(limited(bytes));
            } catch (StatusRuntimeException e) {
                answer(call, e);
            }
        }

        @Override
        public void onHalfClose() {
            if (call.closed) {
                return;
            }
            if (any || !call.getMethodDescriptor().getType().clientSendsOneMessage()) {
                super.onHalfClose();
            } else {
                RpcErrors.end(call, missing(call.getMethodDescriptor().getFullMethodName()));
            }
        }

        @Override
        public void onReady() {
            if (!call.closed) {
                super.onReady();
            }
        }
    }

    private static StatusRuntimeException missing(String method) {
        return RequestFields.invalid("request", "is missing; " + method + " takes one message");
    }

    private void answer(ServerCall<?, ?> call, StatusRuntimeException fault) {
        var error = fault.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED
                ? tooLarge()
                : unreadable(call.getMethodDescriptor().getFullMethodName(), fault);
        RpcErrors.end(call, error);
    }

    /** The message as it is when its length is known and not too large, otherwise one that fails where it becomes too large. */
    @SuppressWarnings("unchecked") // around() makes every message a stream
    private <Q> Q limited(Q bytes) {
        var stream = (InputStream) bytes;
        if (!(stream instanceof KnownLength)) {
            return (Q) new LimitedStream(stream, mostBytes);
        }
        if (length(stream) > mostBytes) {
            throw LimitedStream.tooLarge();
        }
        return bytes;
    }

    private static int length(InputStream stream) {
        try {
            return stream.available();
        } catch (IOException e) {
            throw Status.INTERNAL.withCause(e).asRuntimeException();
        }
    }

    private StatusRuntimeException tooLarge() {
        return RpcErrors.error(
                Code.RESOURCE_EXHAUSTED,
                "MESSAGE_TOO_LARGE",
                "the message has more than " + mostBytes
                        + " bytes uncompressed, the most that are taken; send it in parts");
    }

    private static StatusRuntimeException unreadable(String method, StatusRuntimeException fault) {
        var cause = fault.getCause() == null
                ? fault.getStatus().getDescription()
                : fault.getCause().getMessage();
        return RequestFields.invalid("request", "its bytes are no message of " + method + ": " + cause);
    }
}
