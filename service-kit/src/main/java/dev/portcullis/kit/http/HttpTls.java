package dev.portcullis.kit.http;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.tls.ServiceTls;
import io.micronaut.context.annotation.Property;
import io.micronaut.http.server.netty.ssl.ServerSslBuilder;
import io.micronaut.http.ssl.ServerSslConfiguration;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import jakarta.inject.Singleton;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;

/** TLS of the HTTP port, with the same keys and authorities as that of gRPC. Thread-safe. */
@Singleton
final class HttpTls implements ServerSslBuilder {
    private final ServiceTls tls;
    private final ServerSslConfiguration configuration = new ServerSslConfiguration();

    HttpTls(ServiceTls tls, @Property(name = "portcullis.http.port") int port) {
        this.tls = tls;
        configuration.setEnabled(tls.isOn());
        configuration.setPort(port);
    }

    @Override
    public ServerSslConfiguration getSslConfiguration() {
        return configuration;
    }

    @Override
    public Optional<SslContext> build() {
        return tls.serverKeys().map(this::context);
    }

    private SslContext context(KeyManager keys) {
        var builder = SslContextBuilder.forServer(keys)
                .sslProvider(SslProvider.JDK)
                .protocols(ServiceTls.VERSIONS)
                .sessionTimeout(ServiceTls.SESSION_SECONDS);
        tls.clientAuthorities()
                .ifPresent(authorities -> builder.trustManager(authorities).clientAuth(ClientAuth.OPTIONAL));
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new StartupException("TLS of the HTTP port cannot be set up: " + e.getMessage(), e);
        }
    }
}
