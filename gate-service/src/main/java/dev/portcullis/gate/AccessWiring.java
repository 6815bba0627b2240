package dev.portcullis.gate;

import dev.portcullis.gate.access.AccessToken;
import dev.portcullis.gate.access.AccessTokens;
import dev.portcullis.gate.grpc.AccessGrpcService;
import dev.portcullis.gate.store.PostgresAccessTokens;
import dev.portcullis.gate.store.PostgresConsoleSessions;
import dev.portcullis.gate.usecase.ChangeTokens;
import dev.portcullis.gate.usecase.KeepSessions;
import dev.portcullis.kit.audit.store.AuditRecorder;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.identity.AccessRules;
import dev.portcullis.kit.identity.AuthorizationCodeFlow;
import dev.portcullis.kit.identity.CallerVerifier;
import dev.portcullis.kit.identity.Grant;
import dev.portcullis.kit.identity.HttpIssuers;
import dev.portcullis.kit.identity.IssuedTokens;
import dev.portcullis.kit.identity.ServiceGroup;
import dev.portcullis.kit.identity.TokenSource;
import dev.portcullis.kit.retention.DeletedRecords;
import io.grpc.BindableService;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The objects of gate-service that make and keep tokens and sessions. */
@Factory
final class AccessWiring {
    @Singleton
    AccessTokens accessTokens(Database database, AuditRecorder recorder) {
        return new PostgresAccessTokens(database.jdbi(), recorder);
    }

    /** Its looks are no part of any trace. */
    @Singleton
    TokenSource tokenSource(Database database, AuditRecorder recorder, Clock clock) {
        var tokens = new PostgresAccessTokens(Jdbi.create(database.untraced()), recorder);
        return uses -> {
            tokens.used(uses);
            return tokens.good(clock.instant()).stream()
                    .map(AccessWiring::token)
                    .toList();
        };
    }

    private static AccessRules.Token token(AccessToken token) {
        var services = new ServiceGroup(token.services());
        var grants =
                token.roles().stream().map(role -> new Grant(role, services)).toList();
        return new AccessRules.Token(token.holder(), token.sha256(), grants, token.end());
    }

    @Singleton
    BindableService accessService(AccessTokens tokens, IssuedTokens issued, Clock clock, DeletedRecords deleted) {
        var changeTokens = new ChangeTokens(tokens, new SecureRandom(), UUID::randomUUID, clock, issued::refresh);
        return new AccessGrpcService(changeTokens, tokens, clock, deleted);
    }

    @Singleton
    KeepSessions keepSessions(Database database, AuditRecorder recorder, Clock clock) {
        var sessions = new PostgresConsoleSessions(database.jdbi(), recorder);
        return new KeepSessions(sessions, new SecureRandom(), UUID::randomUUID, clock);
    }

    @Singleton
    AuthorizationCodeFlow authorizationCodeFlow(CallerVerifier verifier, HttpIssuers issuers) {
        return new AuthorizationCodeFlow(verifier, issuers, issuers, System::nanoTime);
    }
}
