package dev.portcullis.kit.rpc;

import com.google.rpc.Code;
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
 * log a stack trace; of a message that is too large it would tell no reason. Stateless.
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
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            private boolean answered;

            @Override
            public void onMessage(Q bytes) {
                try {
                    if (!answered) {
                        super.onMessage(limited(bytes));
                    }
                } catch (StatusRuntimeException e) {
                    answered = true;
                    close(call, e);
                }
            }

            @Override
            public void onHalfClose() {
                if (!answered) {
                    super.onHalfClose();
                }
            }

            @Override
            public void onReady() {
                if (!answered) {
                    super.onReady();
                }
            }
        };
    }

    private void close(ServerCall<?, ?> call, StatusRuntimeException fault) {
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
