package dev.portcullis.kit.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import dev.portcullis.kit.testing.RawCalls;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are no request of the method they were sent to. Isolated, for it listens to the log of gRPC. */
@Isolated
@Timeout(60)
final class UnreadableRequestsIT {
    private static final String CHECK = HealthGrpc.getCheckMethod().getFullMethodName();
    private static final int MOST = 8 << 20;
    private static final int TOO_LARGE = 9 << 20;
    /** Bytes of a field before its content: tag and length. */
    private static final int FIELD_HEAD = 5;

    private final Logger grpc = Logger.getLogger("io.grpc");
    private final Warnings warnings = new Warnings();
    private final GrpcServer server = new GrpcServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            List.of(),
            OpenTelemetry.noop(),
            10,
            new SimpleMeterRegistry());
    private ManagedChannel channel;

    @BeforeEach
    void start() {
        grpc.addHandler(warnings);
        server.start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
        grpc.removeHandler(warnings);
        assertEquals(
                List.of(), warnings.records.stream().map(LogRecord::getMessage).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "S", "10", "-1S", "1d", "1 S", "123456789S"})
    void aTimeoutThatIsNoneIsAnInvalidRequest(String timeout) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER), timeout);
        var intercepted = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        var error = assertThrows(
                StatusRuntimeException.class,
                () -> RawCalls.unary(intercepted, CHECK, new byte[0], CallOptions.DEFAULT));
        assertEquals(Status.Code.INVALID_ARGUMENT, error.getStatus().getCode(), error.getMessage());
        var told = String.valueOf(error.getStatus().getDescription());
        assertTrue(told.startsWith("grpc-timeout: is no timeout"), told);
    }

    @Test
    void bytesThatAreNoMessageAreAnInvalidRequest() {
        var error = fails(new byte[] {10, 127, 'x'}, CallOptions.DEFAULT);
        assertEquals(Status.Code.INVALID_ARGUMENT, error.getStatus().getCode(), error.getMessage());
        assertEquals("INVALID_FIELD", RpcErrors.reason(error).orElse("none"));
        var told = String.valueOf(error.getStatus().getDescription());
        assertTrue(told.startsWith("request: its bytes are no message of grpc.health.v1.Health/Check: "), told);
    }

    @Test
    void aStringThatIsNoUtf8IsAnInvalidRequest() {
        var error = fails(new byte[] {10, 1, (byte) 0xff}, CallOptions.DEFAULT);
        assertEquals(Status.Code.INVALID_ARGUMENT, error.getStatus().getCode(), error.getMessage());
        assertEquals("INVALID_FIELD", RpcErrors.reason(error).orElse("none"));
    }

    @Test
    void aMessageThatIsTooLargeOnlyWhenItIsUnpackedIsToldTheLimit() {
        var request = HealthCheckRequest.newBuilder()
                .setService("x".repeat(TOO_LARGE))
                .build();
        var error = fails(request.toByteArray(), CallOptions.DEFAULT.withCompression("gzip"));
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, error.getStatus().getCode(), error.getMessage());
        assertEquals("MESSAGE_TOO_LARGE", RpcErrors.reason(error).orElse("none"));
        var told = String.valueOf(error.getStatus().getDescription());
        assertTrue(told.contains("8388608"), told);
    }

    @Test
    void aMessageThatIsTooLargeWithoutCompressionIsToldTheLimitToo() {
        var request = HealthCheckRequest.newBuilder()
                .setService("x".repeat(TOO_LARGE))
                .build();
        var error = fails(request.toByteArray(), CallOptions.DEFAULT);
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, error.getStatus().getCode(), error.getMessage());
        assertEquals("MESSAGE_TOO_LARGE", RpcErrors.reason(error).orElse("none"));
        var told = String.valueOf(error.getStatus().getDescription());
        assertTrue(told.contains("8388608"), told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void aMessageOfTheMostBytesIsTaken(String compression) {
        var options = CallOptions.DEFAULT.withCompression(compression);
        RawCalls.unary(channel, CHECK, request(MOST), options);
        var error = fails(request(MOST + 1), options);
        assertEquals("MESSAGE_TOO_LARGE", RpcErrors.reason(error).orElse("none"), error.getMessage());
    }

    /** A legal one of so many bytes, by a field that the method does not know. */
    private static byte[] request(int size) {
        var filling = Field.newBuilder()
                .addLengthDelimited(ByteString.copyFrom(new byte[size - FIELD_HEAD]))
                .build();
        var request = UnknownFieldSet.newBuilder().addField(2, filling).build().toByteArray();
        assertEquals(size, request.length);
        return request;
    }

    @Test
    void aMessageOfMoreThanTwiceTheLimitIsRefusedAtItsHead() {
        var request = HealthCheckRequest.newBuilder()
                .setService("x".repeat(2 * TOO_LARGE))
                .build();
        var error = fails(request.toByteArray(), CallOptions.DEFAULT);
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, error.getStatus().getCode(), error.getMessage());
        // By gRPC itself, which says so in the log.
        warnings.records.clear();
    }

    @Test
    void aMessageThatClaimsToBeGzipAndIsNoneIsAnInvalidRequest() {
        var compressors = CompressorRegistry.newEmptyInstance();
        compressors.register(new NoGzip());
        var lying = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .compressorRegistry(compressors)
                .build();
        try {
            var error = assertThrows(
                    StatusRuntimeException.class,
                    () -> RawCalls.unary(
                            lying, CHECK, new byte[] {10, 1, 'x'}, CallOptions.DEFAULT.withCompression("gzip")));
            assertEquals(Status.Code.INVALID_ARGUMENT, error.getStatus().getCode(), error.getMessage());
            assertEquals("INVALID_FIELD", RpcErrors.reason(error).orElse("none"));
        } finally {
            lying.shutdownNow();
        }
    }

    @Test
    void aCallWithoutAMessageIsAnInvalidRequest() throws Exception {
        var ended = new CompletableFuture<Status>();
        var method = HealthGrpc.getCheckMethod().toBuilder()
                .setType(MethodType.BIDI_STREAMING)
                .build();
        var call = channel.newCall(method, CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        ended.complete(status);
                    }
                },
                new Metadata());
        call.halfClose();
        call.request(2);
        var status = ended.get(30, TimeUnit.SECONDS);
        assertEquals(Status.Code.INVALID_ARGUMENT, status.getCode(), status.toString());
        assertEquals("request: is missing; grpc.health.v1.Health/Check takes one message", status.getDescription());
    }

    private static final class NoGzip implements Compressor {
        @Override
        public String getMessageEncoding() {
            return "gzip";
        }

        @Override
        public OutputStream compress(OutputStream bytes) {
            return bytes;
        }
    }

    private StatusRuntimeException fails(byte[] request, CallOptions options) {
        return assertThrows(StatusRuntimeException.class, () -> RawCalls.unary(channel, CHECK, request, options));
    }

    private static final class Warnings extends Handler {
        private final List<LogRecord> records = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                records.add(record);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
