package dev.portcullis.kit.tls;

import dev.portcullis.kit.lifecycle.StartupException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** TLS of gRPC's connections, on both ends by the Java runtime, as that of HTTP: one way to verify, and one language of faults. Stateless. */
public final class GrpcTls {
    private GrpcTls() {}

    /** That of a service's port; empty when it speaks none. */
    public static Optional<SslContext> ofServer(ServiceTls tls) {
        return tls.serverKeys().map(keys -> {
            var builder = SslContextBuilder.forServer(keys);
            tls.clientAuthorities()
                    .ifPresent(authorities -> builder.trustManager(authorities).clientAuth(ClientAuth.OPTIONAL));
            return built(builder);
        });
    }

    /** That of a service's channels to the others; empty when they speak none. */
    public static Optional<SslContext> ofClient(ServiceTls tls) {
        if (!tls.isToPeers()) {
            return Optional.empty();
        }
        var builder = SslContextBuilder.forClient();
        tls.authorities().ifPresent(builder::trustManager);
        tls.clientKeys().ifPresent(builder::keyManager);
        return Optional.of(built(builder));
    }

    /**
     * That of a channel of somebody who is no service.
     *
     * @throws TlsFilesException naming the file at fault
     */
    public static SslContext ofClient(TlsFiles files) throws TlsFilesException {
        var builder = SslContextBuilder.forClient();
        try {
            var authorities = files.trusted();
            var keys = files.keys();
            if (authorities != null) {
                builder.trustManager(authorities[0]);
            }
            if (keys != null) {
                builder.keyManager(keys[0]);
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsFilesException("TLS cannot be set up: " + e.getMessage(), e);
        }
        return built(builder);
    }

    private static SslContext built(SslContextBuilder builder) {
        try {
            return GrpcSslContexts.configure(builder, SslProvider.JDK)
                    .protocols(ServiceTls.VERSIONS)
                    .sessionTimeout(ServiceTls.SESSION_SECONDS)
                    .build();
        } catch (SSLException e) {
            throw new StartupException("TLS of gRPC cannot be set up: " + e.getMessage(), e);
        }
    }
}
