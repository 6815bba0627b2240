package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.Decision;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.gate.v1.HoldReleaseRequest;
import dev.portcullis.proto.gate.v1.ListDecisionsRequest;
import dev.portcullis.proto.gate.v1.PromotionHoldServiceGrpc;
import dev.portcullis.proto.rollback.v1.PrepareRollbackRequest;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** One of each thing that a request can name, all of the service checkout, and requests that name them. */
final class ScopeObjects {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String release;
    private final String hold;
    private final Decision decision;
    private final String analysis;
    private final String rollback;
    private final String preparation;

    /** @param with the channel to a service, by its short name, with all roles for the service checkout */
    ScopeObjects(Function<String, Channel> with) {
        var gate = GateServiceGrpc.newBlockingStub(with.apply("gate"));
        release = gate.evaluateGate(EvaluateGateRequest.newBuilder()
                        .setService("checkout")
                        .setRollout("c1")
                        .setCanary("c1")
                        .setStable("s1")
                        .build())
                .getRelease()
                .getName();
        hold = PromotionHoldServiceGrpc.newBlockingStub(with.apply("gate"))
                .holdRelease(HoldReleaseRequest.newBuilder()
                        .setName(release)
                        .setReason("I look at it first")
                        .build())
                .getName();
        analysis = gate.getRelease(
                        GetReleaseRequest.newBuilder().setName(release).build())
                .getAnalysis();
        preparation = RollbackServiceGrpc.newBlockingStub(with.apply("rollback"))
                .prepareRollback(PrepareRollbackRequest.newBuilder()
                        .setService("checkout")
                        .setFromRevision("c7")
                        .setToRevision("s1")
                        .setReason("it fails")
                        .setAllowRestored(true)
                        .build())
                .getToken();
        gate.abortRelease(AbortReleaseRequest.newBuilder()
                .setName(release)
                .setReason("it fails")
                .build());
        decision = gate.listDecisions(
                        ListDecisionsRequest.newBuilder().setParent(release).build())
                .getDecisions(0);
        rollback = Await.value("a rollback", LIMIT, () -> Optional.of(gate.getRelease(
                                GetReleaseRequest.newBuilder().setName(release).build())
                        .getRollback())
                .filter(name -> name.startsWith("rollbacks/")));
        for (var made : List.of(analysis, decision.getName())) {
            assertFalse(
                    made.isEmpty(), () -> List.of(analysis, decision.getName()).toString());
        }
    }

    /** A request about the service checkout, or one of the things that were made of it. */
    @SuppressWarnings("unchecked") // a message of the same type
    static <Q> Q filled(MethodDescriptor<Q, ?> method, Function<String, String> names) {
        var request = ((Message) method.parseRequest(new ByteArrayInputStream(new byte[0]))).toBuilder();
        var within = request.getDescriptorForType().findFieldByName("preparation");
        if (within != null && within.getJavaType() == JavaType.MESSAGE) {
            var inner = request.newBuilderForField(within);
            fill(inner, method.getFullMethodName(), names);
            request.setField(within, inner.build());
        }
        fill(request, method.getFullMethodName(), names);
        return (Q) request.build();
    }

    private static void fill(Message.Builder message, String method, Function<String, String> names) {
        for (var name : List.of("service", "name", "parent", "token")) {
            var field = message.getDescriptorForType().findFieldByName(name);
            if (field != null) {
                message.setField(field, names.apply(method + " " + name));
            }
        }
        var several = message.getDescriptorForType().findFieldByName("services");
        if (several != null) {
            message.addRepeatedField(several, names.apply(method + " service"));
        }
    }

    /** The value of a field of a rpc's request, "{rpc} {field}", that names what is there. */
    String there(String field) {
        return switch (field.substring(field.indexOf(' ') + 1)) {
            case "service" -> "checkout";
            case "parent" -> release;
            case "token" -> preparation;
            default -> name(field);
        };
    }

    private String name(String field) {
        if (field.contains("GetDecision")) {
            return decision.getName();
        }
        if (field.contains("AnalysisService")) {
            return analysis;
        }
        if (field.contains("ResumePromotions")) {
            return hold;
        }
        return field.contains("RollbackService") ? rollback : release;
    }

    /** The same of what is not there. */
    String notThere(String field) {
        var id = UUID.randomUUID().toString();
        return switch (field.substring(field.indexOf(' ') + 1)) {
            case "service" -> "nowhere";
            case "token" -> id;
            default -> there(field).replaceAll("[0-9a-f-]{36}$", id);
        };
    }
}
