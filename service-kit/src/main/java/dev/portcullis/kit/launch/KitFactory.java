package dev.portcullis.kit.launch;

import dev.portcullis.kit.audit.AuditEntries;
import dev.portcullis.kit.audit.record.ConfigurationEntries;
import dev.portcullis.kit.audit.record.RefusedCallEntries;
import dev.portcullis.kit.audit.record.ServiceRecord;
import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.client.ClientChannels;
import dev.portcullis.kit.client.GateAddress;
import dev.portcullis.kit.client.PeerAddresses;
import dev.portcullis.kit.configuration.LiveConfiguration;
import dev.portcullis.kit.configuration.SectionReaders;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.DatabaseServer;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.identity.CallRates;
import dev.portcullis.kit.identity.CallerVerifier;
import dev.portcullis.kit.identity.HttpIssuers;
import dev.portcullis.kit.identity.IssuedTokens;
import dev.portcullis.kit.identity.LiveAccessRules;
import dev.portcullis.kit.identity.PeerTokens;
import dev.portcullis.kit.identity.RefusedCalls;
import dev.portcullis.kit.identity.TokenEnds;
import dev.portcullis.kit.identity.TokenSource;
import dev.portcullis.kit.identity.TokenWatch;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.retention.RetentionSettings;
import dev.portcullis.kit.rpc.GrpcServer;
import dev.portcullis.kit.rpc.RpcAccess;
import dev.portcullis.kit.telemetry.Telemetry;
import dev.portcullis.kit.telemetry.TraceLink;
import dev.portcullis.kit.tls.GrpcTls;
import dev.portcullis.kit.tls.ServiceTls;
import dev.portcullis.kit.tls.TlsSettings;
import dev.portcullis.kit.tls.TlsWatch;
import io.grpc.BindableService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.env.Environment;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The objects every service has. */
@Factory
final class KitFactory {
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Singleton
    @Bean(preDestroy = "close")
    OpenTelemetrySdk telemetry(@Property(name = "portcullis.service") String service) {
        return Telemetry.open("portcullis-" + service);
    }

    @Singleton
    SectionReaders sectionReaders() {
        return SectionReaders.onClassPath();
    }

    @Singleton
    TraceLink traceLink(OpenTelemetrySdk telemetry) {
        return new TraceLink(telemetry);
    }

    @Singleton
    Breakers breakers(MeterRegistry meters) {
        return new Breakers(meters);
    }

    @Singleton
    @Bean(preDestroy = "close")
    ClientChannels channels(OpenTelemetrySdk telemetry, Breakers breakers, PeerTokens tokens, ServiceTls tls) {
        return new ClientChannels(telemetry, breakers, tokens, tls);
    }

    @Singleton
    TracedHttpClient httpClient(OpenTelemetrySdk telemetry, Breakers breakers) {
        return new TracedHttpClient(telemetry, breakers);
    }

    /** The given server, or one of our own when none is given. */
    @Singleton
    @Bean(preDestroy = "close")
    DatabaseServer databaseServer(
            @Property(name = "portcullis.db.url") String url,
            @Property(name = "portcullis.db.user") String user,
            @Property(name = "portcullis.db.password") String password,
            @Property(name = "portcullis.data") String folder) {
        return url.isBlank()
                ? DatabaseServer.embedded(Path.of(folder))
                : DatabaseServer.given(new DatabaseSettings(url, user, password));
    }

    @Singleton
    DatabaseSettings databaseSettings(DatabaseServer server) {
        return server.settings();
    }

    @Singleton
    @Bean(preDestroy = "close")
    Database database(
            DatabaseSettings settings,
            @Property(name = "portcullis.service") String service,
            @Property(name = "portcullis.db.limit") Duration limit,
            OpenTelemetrySdk telemetry,
            MeterRegistry meters) {
        return Database.open(settings, service, limit, telemetry, meters);
    }

    /** Read before anything is started, so that a fault ends the start. */
    @Context
    RetentionSettings retention(
            @Property(name = "portcullis.retention.records") String records,
            @Property(name = "portcullis.retention.audit") String audit) {
        return RetentionSettings.read(records, audit);
    }

    @Singleton
    DeletedRecords deletedRecords(Database database) {
        return new DeletedRecords(database.jdbi());
    }

    @Singleton
    @Bean(preDestroy = "close")
    LiveAccessRules accessRules(@Property(name = "portcullis.config") String folder, SectionReaders readers) {
        return LiveAccessRules.open(Path.of(folder), readers);
    }

    /** Read before anything is started, so that a fault ends the start. */
    @Context
    ListenAddress listenAddress(
            @Property(name = "portcullis.host") String host,
            @Property(name = "portcullis.tls.terminated-by") String terminatedBy,
            ServiceTls tls,
            LiveAccessRules rules) {
        return ListenAddress.of(host, tls.isOn(), terminatedBy, rules.get().configured());
    }

    /** Read before anything is started, so that a fault ends the start. */
    @Context
    ServiceTls tls(
            @Property(name = "portcullis.tls.certificate-file") String certificate,
            @Property(name = "portcullis.tls.key-file") String key,
            @Property(name = "portcullis.tls.client-ca-file") String clientAuthorities,
            @Property(name = "portcullis.tls.ca-file") String authorities,
            @Property(name = "portcullis.tls.client-certificate-file") String clientCertificate,
            @Property(name = "portcullis.tls.client-key-file") String clientKey,
            @Property(name = "portcullis.tls.peer-name") String peerName) {
        return new ServiceTls(TlsSettings.of(Map.of(
                "PORTCULLIS_TLS_CERTIFICATE_FILE", certificate,
                "PORTCULLIS_TLS_KEY_FILE", key,
                "PORTCULLIS_TLS_CLIENT_CA_FILE", clientAuthorities,
                "PORTCULLIS_TLS_CA_FILE", authorities,
                "PORTCULLIS_TLS_CLIENT_CERTIFICATE_FILE", clientCertificate,
                "PORTCULLIS_TLS_CLIENT_KEY_FILE", clientKey,
                "PORTCULLIS_TLS_PEER_NAME", peerName)));
    }

    @Singleton
    TlsWatch tlsWatch(ServiceTls tls, @Property(name = "portcullis.tls.look-every") Duration every) {
        return new TlsWatch(tls, every);
    }

    @Context
    PeerTokens peerTokens(
            @Property(name = "portcullis.service") String service,
            @Property(name = "portcullis.peer.key") String key,
            @Property(name = "portcullis.peer.key-file") String file,
            LiveAccessRules rules,
            Clock clock) {
        var secret = PeerKey.of(key, file, rules.get().configured());
        return new PeerTokens(secret, service + "-service", clock);
    }

    @Singleton
    CallerVerifier callerVerifier(
            LiveAccessRules rules,
            ListenAddress address,
            PeerTokens peers,
            IssuedTokens issued,
            HttpIssuers issuers,
            Clock clock) {
        return new CallerVerifier(
                rules,
                !address.isLoopback(),
                peers,
                issued,
                issuers,
                clock,
                System::nanoTime,
                work -> Thread.ofVirtual().name("issuer-keys").start(work));
    }

    @Singleton
    HttpIssuers issuers(TracedHttpClient client) {
        return new HttpIssuers(client);
    }

    /** Read before anything is started, so that a fault ends the start. */
    @Context
    PeerAddresses peerAddresses(Environment settings) {
        return new PeerAddresses(
                address(settings, "analysis"), address(settings, "gate"), address(settings, "rollback"));
    }

    private static String address(Environment settings, String service) {
        return PeerAddresses.address(
                service,
                settings.getRequiredProperty("portcullis." + service + ".address", String.class),
                settings.getRequiredProperty("portcullis." + service + ".grpc-port", String.class));
    }

    @Singleton
    GateAddress gateAddress(PeerAddresses addresses) {
        return new GateAddress(addresses.gate());
    }

    @Singleton
    IssuedTokens issuedTokens(List<TokenSource> sources, Clock clock) {
        return sources.isEmpty() ? IssuedTokens.none() : new IssuedTokens(sources.getFirst(), clock, System::nanoTime);
    }

    @Singleton
    TokenEnds tokenEnds(LiveAccessRules rules, IssuedTokens issued, Clock clock, MeterRegistry meters) {
        return new TokenEnds(rules, issued, clock, meters);
    }

    @Singleton
    BackgroundWork tokenWatch(CallerVerifier verifier, IssuedTokens issued, TokenEnds ends) {
        return new TokenWatch(verifier, issued, ends);
    }

    @Singleton
    RefusedCalls refusedCalls(MeterRegistry meters, RefusedCallEntries entries) {
        return new RefusedCalls(meters, entries);
    }

    @Singleton
    RefusedCallEntries refusedCallEntries(AuditEntries entries, Clock clock) {
        return new RefusedCallEntries(entries, clock);
    }

    /** All of a service follow the same folder. */
    @Singleton
    ConfigurationEntries configurationEntries(
            AuditEntries entries,
            @Property(name = "portcullis.service") String service,
            List<LiveConfiguration<?>> configurations,
            Clock clock) {
        return new ConfigurationEntries(
                entries, service, configurations.stream().findFirst(), clock);
    }

    @Singleton
    ServiceRecord serviceRecord(
            AuditEntries entries,
            @Property(name = "portcullis.service") String service,
            ConfigurationEntries configuration,
            RefusedCallEntries refused,
            Clock clock) {
        return new ServiceRecord(entries, service, configuration, refused, clock);
    }

    /** Read before anything is started, so that a fault ends the start. */
    @Context
    CallRates callRates(@Property(name = "portcullis.call-rate") int mostPerSecond) {
        if (mostPerSecond < CallRates.UNLIMITED) {
            throw new StartupException("PORTCULLIS_CALL_RATE: is " + mostPerSecond
                    + "; legal: 1 or more calls in a second, " + CallRates.UNLIMITED + " for no limit");
        }
        return new CallRates(mostPerSecond);
    }

    @Singleton
    @Bean(preDestroy = "")
    GrpcServer grpcServer(
            ListenAddress address,
            @Property(name = "portcullis.grpc.port") int port,
            @Property(name = "portcullis.grpc.max-streams") int mostStreams,
            List<BindableService> services,
            OpenTelemetrySdk telemetry,
            MeterRegistry meters,
            CallerVerifier verifier,
            List<RpcAccess> access,
            RefusedCalls refused,
            CallRates rates,
            ServiceTls tls) {
        if (mostStreams < 1) {
            throw new StartupException("PORTCULLIS_MAX_STREAMS: is " + mostStreams + "; legal: 1 or more");
        }
        return new GrpcServer(
                new InetSocketAddress(address.address(), port),
                services,
                telemetry,
                mostStreams,
                meters,
                verifier,
                access.stream().reduce(RpcAccess.NONE, RpcAccess::and),
                refused,
                rates,
                GrpcTls.ofServer(tls));
    }
}
