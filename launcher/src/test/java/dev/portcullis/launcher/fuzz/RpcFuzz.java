package dev.portcullis.launcher.fuzz;

import com.google.protobuf.Descriptors.MethodDescriptor;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Sends requests of each rpc over gRPC, many at a time, and looks at the answers; of a stream at the first message. Used by one thread. */
final class RpcFuzz {
    private static final int AT_ONCE = 16;
    /** What answers by reading everything there is, which takes its time. */
    static final Set<String> LONG = Set.of("portcullis.gate.v1.AuditService.VerifyAuditLog");

    private static final int SELDOM = 50;
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Set<Status.Code> NEVER =
            Set.of(Status.Code.INTERNAL, Status.Code.UNKNOWN, Status.Code.DEADLINE_EXCEEDED, Status.Code.DATA_LOSS);

    private final ManagedChannel channel;
    private final List<MethodDescriptor> methods;
    private final List<String> credentials;
    private final MessageInputs inputs;
    private final Draw draw;
    private final Names names;
    private final Findings findings;
    private final Duration limit;
    private final Semaphore free = new Semaphore(AT_ONCE);

    RpcFuzz(
            ManagedChannel channel,
            List<MethodDescriptor> methods,
            List<String> credentials,
            Draw draw,
            Names names,
            Findings findings,
            Duration limit) {
        this.channel = channel;
        this.methods = methods;
        this.credentials = credentials;
        this.inputs = new MessageInputs(draw, names);
        this.draw = draw;
        this.names = names;
        this.findings = findings;
        this.limit = limit;
    }

    /** Sends one when there is room for it. */
    void call() {
        var method = draw.of(methods);
        if (LONG.contains(method.getFullName()) && !draw.oneIn(SELDOM)) {
            return;
        }
        free.acquireUninterruptibly();
        var request = inputs.next(method.getInputType());
        var options = CallOptions.DEFAULT.withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
        var call = channel.newCall(descriptor(method), draw.oneIn(10) ? options.withCompression("gzip") : options);
        call.start(new Answer(call, method.getFullName(), request), headers());
        for (int i = draw.oneIn(100) ? draw.number(3) : 1; i > 0; i--) {
            call.sendMessage(request);
        }
        call.halfClose();
        call.request(1);
    }

    /** Waits for the answers that are due. */
    void await() {
        free.acquireUninterruptibly(AT_ONCE);
        free.release(AT_ONCE);
    }

    private Metadata headers() {
        var headers = new Metadata();
        if (!draw.oneIn(12)) {
            headers.put(AUTHORIZATION, draw.of(credentials));
        }
        if (draw.oneIn(10)) {
            headers.put(Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER), "a'\"{}%n");
            headers.put(Metadata.Key.of("odd-bin", Metadata.BINARY_BYTE_MARSHALLER), draw.noise(30));
        }
        return headers;
    }

    private static io.grpc.MethodDescriptor<byte[], byte[]> descriptor(MethodDescriptor method) {
        return io.grpc.MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                .setFullMethodName(method.getService().getFullName() + "/" + method.getName())
                .setType(MethodType.BIDI_STREAMING)
                .build();
    }

    /** What comes of a call. */
    private final class Answer extends ClientCall.Listener<byte[]> {
        private final ClientCall<byte[], byte[]> call;
        private final String method;
        private final byte[] request;
        private final long begin = System.nanoTime();

        Answer(ClientCall<byte[], byte[]> call, String method, byte[] request) {
            this.call = call;
            this.method = method;
            this.request = request;
        }

        @Override
        public void onMessage(byte[] message) {
            var text = new String(message, StandardCharsets.UTF_8);
            names.learn(text);
            findings.check("an answer of " + method, text, request);
            call.cancel("the first is enough", null);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            free.release();
            findings.answered(begin);
            findings.count("gRPC", status.getCode().toString());
            var told = Stream.of(status.getDescription(), trailers.toString())
                    .map(String::valueOf)
                    .toList();
            findings.check("an error of " + method, String.join(" ", told), request);
            if (NEVER.contains(status.getCode())
                    || status.getCode() == Status.Code.UNAVAILABLE && !trailers.containsKey(DETAILS)) {
                findings.add(method + ": " + status.getCode() + " " + status.getDescription(), request);
            }
        }
    }

    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private static final class Bytes implements Marshaller<byte[]> {
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
