package dev.portcullis.kit.testing;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Calls whose request is any bytes, as a generated client would never send them. */
public final class RawCalls {
    private RawCalls() {}

    /**
     * Calls and answers the bytes of the answer.
     *
     * @param method e.g. "grpc.health.v1.Health/Check"
     * @throws io.grpc.StatusRuntimeException when the call fails
     */
    public static byte[] unary(Channel channel, String method, byte[] request, CallOptions options) {
        return ClientCalls.blockingUnaryCall(channel, descriptor(method, MethodType.UNARY), options, request);
    }

    /** The first answer of a stream, which is then left; otherwise as {@link #unary}. Empty when it ends without one. */
    public static byte[] first(Channel channel, String method, byte[] request, CallOptions options) {
        var context = Context.current().withCancellation();
        try {
            return context.call(() -> {
                var answers = ClientCalls.blockingServerStreamingCall(
                        channel, descriptor(method, MethodType.SERVER_STREAMING), options, request);
                return answers.hasNext() ? answers.next() : new byte[0];
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            context.cancel(null);
        }
    }

    private static MethodDescriptor<byte[], byte[]> descriptor(String method, MethodType type) {
        return MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                .setFullMethodName(method)
                .setType(type)
                .build();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
