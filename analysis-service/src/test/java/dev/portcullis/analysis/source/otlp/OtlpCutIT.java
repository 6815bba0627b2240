package dev.portcullis.analysis.source.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.analysis.usecase.ManualClock;
import io.grpc.CallOptions;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exports that break off before their end. */
class OtlpCutIT {
    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
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
    };
    private static final MethodDescriptor<byte[], byte[]> EXPORT = MethodDescriptor.newBuilder(BYTES, BYTES)
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(MetricsServiceGrpc.getExportMethod().getFullMethodName())
            .build();

    private final ManualClock clock = new ManualClock();
    private final Receiver receiver = new Receiver();
    private final byte[] whole = export(clock.instant());

    private static byte[] export(Instant now) {
        var point = Messages.point(Map.of("code", "200"), now, now, 1_234_567);
        var counter = Messages.counter("requests", Messages.CUMULATIVE, List.of(point));
        return Messages.request(Map.of("service.version", "v2"), List.of(counter))
                .toByteArray();
    }

    @BeforeEach
    void open() {
        receiver.open(new OtlpProperties("pushed", Duration.ofMinutes(2), 10), clock);
    }

    @AfterEach
    void end() {
        receiver.close();
    }

    @Test
    void aMessageThatBreaksOffIsRefusedWhereverThatIs() {
        var channel = channel(new Whole());
        try {
            for (int length = 1; length < whole.length; length += 5) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThrows(StatusRuntimeException.class, () -> send(channel, cut), () -> cut.length + " bytes");
            }
            assertEquals(0, receiver.points("taken"));
            send(channel, whole);
            assertEquals(1, receiver.points("taken"));
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void aCompressedMessageThatBreaksOffIsRefused() {
        var channel = channel(new CutGzip());
        try {
            assertThrows(StatusRuntimeException.class, () -> send(channel, whole));
            assertEquals(0, receiver.points("taken"));
        } finally {
            channel.shutdownNow();
        }
    }

    private static void send(ManagedChannel channel, byte[] message) {
        ClientCalls.blockingUnaryCall(channel, EXPORT, CallOptions.DEFAULT.withCompression("gzip"), message);
    }

    private ManagedChannel channel(Compressor compressor) {
        var registry = CompressorRegistry.newEmptyInstance();
        registry.register(compressor);
        return NettyChannelBuilder.forAddress("127.0.0.1", receiver.port())
                .usePlaintext()
                .compressorRegistry(registry)
                .build();
    }

    private static class Whole implements Compressor {
        @Override
        public String getMessageEncoding() {
            return "gzip";
        }

        @Override
        public OutputStream compress(OutputStream sent) throws IOException {
            return new GZIPOutputStream(sent);
        }
    }

    /** Leaves out the last bytes, among them the checksum. */
    private static final class CutGzip extends Whole {
        @Override
        public OutputStream compress(OutputStream sent) {
            return new ByteArrayOutputStream() {
                @Override
                public void close() throws IOException {
                    var zipped = new ByteArrayOutputStream();
                    try (var gzip = new GZIPOutputStream(zipped)) {
                        gzip.write(toByteArray());
                    }
                    try (sent) {
                        sent.write(zipped.toByteArray(), 0, zipped.size() - 12);
                    }
                }
            };
        }
    }
}
