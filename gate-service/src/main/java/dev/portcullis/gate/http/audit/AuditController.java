package dev.portcullis.gate.http.audit;

import dev.portcullis.gate.http.JsonResponse;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.gate.usecase.ReadAuditLog;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.http.RequestCaller;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.Tile;
import dev.portcullis.kit.transparency.TlogProof;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit log as C2SP tlog-tiles serves one, below {@code /audit}, and the proof of one entry. Thread-safe. */
@Controller
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuditController {
    private static final MediaType CSV = MediaType.of("text/csv; charset=utf-8; header=present");
    private static final MediaType TEXT = MediaType.of("text/plain; charset=utf-8");
    /** A full tile never changes. It is private, since entries are. */
    private static final String FOR_EVER = "private, max-age=31536000, immutable";

    private static final Logger LOG = LoggerFactory.getLogger(AuditController.class);

    private final ReadAuditLog readAuditLog;

    AuditController(ReadAuditLog readAuditLog) {
        this.readAuditLog = readAuditLog;
    }

    @Get("/audit/checkpoint")
    HttpResponse<?> checkpoint() {
        return readAuditLog
                .checkpoint()
                .map(SignedNote::format)
                .<HttpResponse<?>>map(
                        note -> HttpResponse.ok(note).contentType(TEXT).header(HttpHeaders.CACHE_CONTROL, "no-cache"))
                .orElseGet(() -> missing("checkpoint", "is not there: nothing is signed yet, see docs/audit.md"));
    }

    /** An older one than the newest, as a rule: witnesses are asked every second. */
    @Get("/audit/checkpoint/witnessed")
    HttpResponse<?> witnessedCheckpoint() {
        return readAuditLog
                .witnessedCheckpoint()
                .map(SignedNote::format)
                .<HttpResponse<?>>map(
                        note -> HttpResponse.ok(note).contentType(TEXT).header(HttpHeaders.CACHE_CONTROL, "no-cache"))
                .orElseGet(() -> missing(
                        "checkpoint",
                        "is not there: none is cosigned by all witnesses yet, see docs/audit.md#witnesses"));
    }

    @Get("/audit/tile/{+path}")
    HttpResponse<?> tile(HttpRequest<?> request, @PathVariable String path) {
        return Tile.parse(path)
                .flatMap(tile -> readAuditLog.tile(tile, reader(request)))
                .<HttpResponse<?>>map(bytes -> HttpResponse.ok(bytes)
                        .contentType(MediaType.APPLICATION_OCTET_STREAM_TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, FOR_EVER))
                .orElseGet(() -> missing("path", "is that of no tile of the log"));
    }

    @Get("/v1/audit/entries/{index}/proof")
    HttpResponse<?> proof(@PathVariable String index) {
        return number(index)
                .flatMap(readAuditLog::proof)
                .map(TlogProof::text)
                .<HttpResponse<?>>map(proof -> HttpResponse.ok(proof).contentType(TEXT))
                .orElseGet(() -> missing("index", "is that of no entry that is signed"));
    }

    /** The changes of production in a period, as JSON or, with format=csv, for a spreadsheet. */
    @Get("/v1/audit/changes")
    HttpResponse<?> changes(HttpRequest<?> request) {
        var query = ChangeQuery.of(request.getParameters());
        var changes = readAuditLog.changes(query.from(), query.to(), reader(request)).stream()
                .map(ChangeAnswer::of)
                .toList();
        return query.csv()
                ? HttpResponse.ok(ChangeTable.of(changes))
                        .contentType(CSV)
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"changes.csv\"")
                : HttpResponse.ok(new Changes(changes)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /** All of them. */
    @Introspected
    record Changes(List<ChangeAnswer> changes) {}

    private static AuditActor reader(HttpRequest<?> request) {
        return AuditActor.of(RequestCaller.of(request));
    }

    private static Optional<Long> number(String text) {
        return text.matches("0|[1-9][0-9]{0,17}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    @Error(StoreUnavailableException.class)
    HttpResponse<?> unavailable(StoreUnavailableException e) {
        LOG.warn("{}: the audit log could not be read", e.getMessage());
        return JsonResponse.refusal(HttpStatus.SERVICE_UNAVAILABLE, "request", e.getMessage() + "; try again");
    }

    private static MutableHttpResponse<?> missing(String field, String fault) {
        return JsonResponse.refusal(HttpStatus.NOT_FOUND, field, fault);
    }
}
