package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.portcullis.proto.analysis.v1.AnalysisServiceOuterClass;
import dev.portcullis.proto.gate.v1.AuditServiceOuterClass;
import dev.portcullis.proto.gate.v1.GateServiceOuterClass;
import dev.portcullis.proto.gate.v1.HoldService;
import dev.portcullis.proto.rollback.v1.RollbackServiceOuterClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each {@code grpcurl} that a page shows names a method that there is, and sends it fields that it has. */
final class GrpcCallsOnPagesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern CALL =
            Pattern.compile("grpcurl -plaintext( -d '(?<json>[^']*)')?[^'\n]*? (?<method>portcullis\\.[\\w.]+/\\w+)");

    private static final Map<String, MethodDescriptor> METHODS = Stream.of(
                    AnalysisServiceOuterClass.getDescriptor(),
                    AuditServiceOuterClass.getDescriptor(),
                    GateServiceOuterClass.getDescriptor(),
                    HoldService.getDescriptor(),
                    RollbackServiceOuterClass.getDescriptor())
            .map(FileDescriptor::getServices)
            .flatMap(List::stream)
            .flatMap(service -> service.getMethods().stream())
            .collect(Collectors.toMap(
                    method -> method.getService().getFullName() + "/" + method.getName(), Function.identity()));

    @Test
    void everyCallIsOneThatTheServicesUnderstand() throws IOException {
        var faults = new ArrayList<String>();
        var calls = 0;
        for (var page : pages()) {
            var text = Files.readString(page).replaceAll("\\\\\n\\s*", " ");
            for (var call : CALL.matcher(text).results().toList()) {
                calls++;
                fault(call.group("method"), call.group("json")).ifPresent(fault -> faults.add(page + ": " + fault));
            }
        }
        assertEquals(List.of(), faults);
        var found = calls;
        assertTrue(found > 15, () -> found + " calls");
    }

    private static Optional<String> fault(String name, String json) {
        var method = METHODS.get(name);
        if (method == null) {
            return Optional.of("no method " + name);
        }
        try {
            JsonFormat.parser().merge(json == null ? "{}" : json, DynamicMessage.newBuilder(method.getInputType()));
            return Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            return Optional.of(name + ": " + e.getMessage());
        }
    }

    private static List<Path> pages() throws IOException {
        try (var docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }
}
