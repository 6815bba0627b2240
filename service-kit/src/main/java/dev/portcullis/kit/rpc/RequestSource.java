package dev.portcullis.kit.rpc;

import dev.portcullis.kit.text.PlainText;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How and from where the request came that the present work is done for, over gRPC or HTTP. What a caller says of itself in it is cut to a line of 200 bytes.
 *
 * @param interfaceName e.g. "gRPC portcullis.gate.v1.GateService/AbortRelease" or "HTTP POST /v1/gate"
 * @param address IP address of the other end of the connection, which may be a proxy's; empty when it is not known
 * @param userAgent as the caller names itself; may be empty
 * @param requestId as the caller names the request, in {@code X-Request-Id}; may be empty
 */
public record RequestSource(String interfaceName, String address, String userAgent, String requestId) {
    private static final Context.Key<RequestSource> CURRENT = Context.key("portcullis.source");
    private static final Metadata.Key<String> USER_AGENT =
            Metadata.Key.of("user-agent", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);
    private static final int LONGEST = 200;

    public RequestSource {
        interfaceName = PlainText.line(interfaceName, LONGEST);
        userAgent = PlainText.line(userAgent, LONGEST);
        requestId = PlainText.line(requestId, LONGEST);
    }

    /** Of the present work; empty when it is done for no request. */
    public static Optional<RequestSource> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** The present context with this source in it; it goes wherever a gRPC context goes. */
    public Context context() {
        return Context.current().withValue(CURRENT, this);
    }

    /** As an entry of the audit log has it. */
    public Map<String, String> json() {
        return Map.of("interface", interfaceName, "address", address, "userAgent", userAgent, "requestId", requestId);
    }

    /** IP address in an address; empty when there is none. */
    public static String address(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress().getHostAddress()
                : "";
    }

    /** What a gRPC server notes it with. */
    static ServerInterceptor notes() {
        return new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                var source = new RequestSource(
                        "gRPC " + call.getMethodDescriptor().getFullMethodName(),
                        address(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)),
                        Optional.ofNullable(headers.get(USER_AGENT)).orElse(""),
                        Optional.ofNullable(headers.get(REQUEST_ID)).orElse(""));
                return Contexts.interceptCall(source.context(), call, headers, next);
            }
        };
    }
}
