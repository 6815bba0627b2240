package dev.portcullis.launcher.peer;

import dev.portcullis.kit.client.CallFaults;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.tls.GrpcTls;
import dev.portcullis.kit.tls.TlsFilesException;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A service that a command talks to. Thread-safe; connects at the first call. */
public final class Peer implements AutoCloseable {
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final String name;
    private final PeerAddress address;
    private final String option;
    private final ManagedChannel channel;

    /**
     * @param name "rollback-service"
     * @param option of the command, by which another address is named
     * @param token what is shown to it as a bearer token; empty for nothing
     * @throws PeerException when a file of TLS cannot be used
     */
    public Peer(String name, PeerAddress address, String option, Optional<String> token) {
        this.name = name;
        this.address = address;
        this.option = option;
        this.channel = builder(address)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers(token)))
                .build();
    }

    private static NettyChannelBuilder builder(PeerAddress address) {
        var builder = NettyChannelBuilder.forTarget("dns:///" + address.target());
        if (address.tls().isEmpty()) {
            return builder.usePlaintext();
        }
        var tls = address.tls().get();
        tls.name().ifPresent(builder::overrideAuthority);
        try {
            return builder.sslContext(GrpcTls.ofClient(tls.files()));
        } catch (TlsFilesException e) {
            throw new PeerException(String.valueOf(e.getMessage()), false, e);
        }
    }

    private static Metadata headers(Optional<String> token) {
        var headers = new Metadata();
        token.ifPresent(text -> headers.put(AUTHORIZATION, "Bearer " + text));
        return headers;
    }

    /** The way to it. */
    public Channel channel() {
        return channel;
    }

    /**
     * Makes a call.
     *
     * @param what could not be done when it fails
     * @throws PeerException when the call fails, with what it says and what to do
     */
    public <T> T call(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException e) {
            throw new PeerException(what + ": " + told(e), RpcErrors.reason(e).isPresent(), e);
        }
    }

    private String told(StatusRuntimeException error) {
        return RpcErrors.reason(error)
                .map(reason -> reason + ": " + CallFaults.description(error))
                .orElseGet(() -> name + " at " + address + ": " + CallFaults.inOneLine(error)
                        + "; start it (./portcullis up), or name it with " + option + " HOST:PORT");
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
