package dev.portcullis.gate;

import dev.portcullis.gate.audit.AuditLog;
import dev.portcullis.gate.audit.AuditSigning;
import dev.portcullis.gate.audit.Witness;
import dev.portcullis.gate.client.GrpcAuditOutbox;
import dev.portcullis.gate.client.HttpWitness;
import dev.portcullis.gate.configuration.GatePolicies;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.grpc.AuditGrpcService;
import dev.portcullis.gate.schedule.AuditVerificationTask;
import dev.portcullis.gate.store.AuditRows;
import dev.portcullis.gate.store.AuditSettings;
import dev.portcullis.gate.store.PostgresAuditLog;
import dev.portcullis.gate.store.WitnessSettings;
import dev.portcullis.gate.telemetry.CountedAuditEvents;
import dev.portcullis.gate.trace.Traces;
import dev.portcullis.gate.usecase.AskWitnesses;
import dev.portcullis.gate.usecase.CollectAuditEntries;
import dev.portcullis.gate.usecase.ReadAuditLog;
import dev.portcullis.gate.usecase.SequenceAuditEntries;
import dev.portcullis.gate.usecase.VerifyAuditLog;
import dev.portcullis.kit.audit.AuditSurroundings;
import dev.portcullis.kit.audit.store.AuditRecorder;
import dev.portcullis.kit.client.ClientChannels;
import dev.portcullis.kit.client.PeerAddresses;
import dev.portcullis.kit.configuration.LiveConfiguration;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.http.ServedPath;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.launch.ServiceLauncher;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.rpc.CallCaller;
import dev.portcullis.kit.rpc.RequestSource;
import dev.portcullis.kit.transparency.VerifierKey;
import io.grpc.BindableService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** The objects of gate-service that write, sign and show the audit log. */
@Factory
final class AuditWiring {
    /** What surrounds the present work: how it was asked for, and the configuration in use. */
    @Singleton
    AuditRecorder auditRecorder(LiveConfiguration<GatePolicies> configuration, Traces traces, MeterRegistry meters) {
        return new AuditRecorder(
                Origin.GATE,
                AuditRows::add,
                () -> new AuditSurroundings(
                        RequestSource.current().map(RequestSource::json).orElse(Map.of("interface", "INTERNAL")),
                        configuration.generation(),
                        traces.traceId(),
                        ServiceLauncher.VERSION),
                CallCaller::current,
                meters);
    }

    @Singleton
    AuditLog auditLog(Database database, AuditRecorder recorder) {
        return new PostgresAuditLog(database.jdbi(), recorder);
    }

    @Context
    AuditSigning auditSigning(
            @Property(name = "portcullis.audit.key") String key,
            @Property(name = "portcullis.audit.checkpoint") String checkpoint) {
        return AuditSettings.read(key, checkpoint);
    }

    @Context
    AuditWitnesses auditWitnesses(@Property(name = "portcullis.audit.witnesses") String file, TracedHttpClient http) {
        return new AuditWitnesses(WitnessSettings.read(file).stream()
                .<Witness>map(known -> new HttpWitness(known.key(), known.address(), known.authorities(), http))
                .toList());
    }

    /** The witnesses as one object of the container. */
    record AuditWitnesses(List<Witness> all) {
        List<VerifierKey> keys() {
            return all.stream().map(Witness::key).toList();
        }
    }

    /** Its statements are no part of any trace. */
    @Singleton
    SequenceAuditEntries sequenceAuditEntries(
            Database database,
            AuditRecorder recorder,
            AuditSigning signing,
            AuditWitnesses witnesses,
            MeterRegistry meters) {
        var log = new PostgresAuditLog(Jdbi.create(database.untraced()), recorder);
        var events = new CountedAuditEvents(meters, witnesses.keys());
        var askWitnesses = new AskWitnesses(log, witnesses.all(), events, System::nanoTime);
        return new SequenceAuditEntries(log, signing, askWitnesses, events);
    }

    @Singleton
    CollectAuditEntries collectAuditEntries(
            ClientChannels channels, PeerAddresses addresses, Database database, AuditRecorder recorder) {
        var log = new PostgresAuditLog(Jdbi.create(database.untraced()), recorder);
        return new CollectAuditEntries(
                log,
                List.of(
                        new GrpcAuditOutbox(
                                channels.open(GrpcAuditOutbox.downstream("analysis", addresses.analysis()))),
                        new GrpcAuditOutbox(
                                channels.open(GrpcAuditOutbox.downstream("rollback", addresses.rollback())))));
    }

    @Singleton
    ReadAuditLog readAuditLog(AuditLog log, AuditWitnesses witnesses, Clock clock) {
        return new ReadAuditLog(log, witnesses.keys(), clock);
    }

    /** Its statements are no part of any trace: it also looks by itself. */
    @Singleton
    VerifyAuditLog verifyAuditLog(Database database, AuditRecorder recorder, AuditSigning signing, Clock clock) {
        return new VerifyAuditLog(new PostgresAuditLog(Jdbi.create(database.untraced()), recorder), signing, clock);
    }

    @Singleton
    BackgroundWork auditVerification(VerifyAuditLog verifyAuditLog, Clock clock) {
        return new AuditVerificationTask(verifyAuditLog, clock).periodic();
    }

    @Singleton
    BindableService auditService(
            ReadAuditLog readAuditLog, VerifyAuditLog verifyAuditLog, AuditSigning signing, DeletedRecords deleted) {
        return new AuditGrpcService(readAuditLog, verifyAuditLog, signing, deleted);
    }

    @Singleton
    ServedPath audit() {
        return new ServedPath("/audit/checkpoint", "what the audit log is signed as; docs/audit.md");
    }
}
