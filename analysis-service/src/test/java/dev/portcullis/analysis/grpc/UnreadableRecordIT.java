package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.ErrorReason;
import dev.portcullis.proto.analysis.v1.ListAnalysesRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An analysis whose record cannot be read, as callers see it. */
final class UnreadableRecordIT {
    @Test
    void isNamedAndDecidesNothing(@TempDir Path folder) {
        var settings = TestDatabase.fresh();
        try (var fixture = new AnalysisFixture(folder, settings, AnalysisFixture.POLICY);
                var database = Database.open(settings, "analysis", OpenTelemetry.noop(), new SimpleMeterRegistry())) {
            var name = fixture.start().getName();
            var other = fixture.start().getName();
            var id = name.substring("analyses/".length());
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "update analysis set plan = replace(plan::text, '\"burnFail\":', '\"burn\":')::jsonb where id = cast(? as uuid)",
                            id));
            Errors.expect(Code.DATA_LOSS, ErrorReason.RECORD_UNREADABLE, () -> fixture.get(name));
            var error = assertThrows(StatusRuntimeException.class, () -> fixture.get(name));
            assertEquals(
                    "analysis.plan of row " + id + " cannot be read: field settings.limits.burnFail is missing",
                    error.getStatus().getDescription());
            var listed = fixture.stub.listAnalyses(
                    ListAnalysesRequest.newBuilder().setPageSize(1).build());
            assertEquals(other, listed.getAnalyses(0).getName());
            assertEquals("", listed.getNextPageToken());
        }
    }
}
