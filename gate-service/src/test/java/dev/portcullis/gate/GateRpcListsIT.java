package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.Decision;
import dev.portcullis.proto.gate.v1.GetDecisionRequest;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.gate.v1.ListDecisionsRequest;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.gate.v1.WatchReleaseRequest;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What GateService lists, and what it refuses. */
final class GateRpcListsIT extends GateRpcSetup {
    @Test
    void whatHasEndedCannotBeDecidedAgain() {
        var name = open("ended", "c3").getName();
        var abort =
                AbortReleaseRequest.newBuilder().setName(name).setReason("bad").build();
        gate.grpc().abortRelease(abort);
        assertFails(Status.Code.FAILED_PRECONDITION, "RELEASE_ENDED", () -> gate.grpc()
                .abortRelease(abort));
        var promote = PromoteReleaseRequest.newBuilder()
                .setName(name)
                .setReason("good")
                .build();
        assertFails(Status.Code.FAILED_PRECONDITION, "RELEASE_ENDED", () -> gate.grpc()
                .promoteRelease(promote));
    }

    @Test
    void releasesAreListedNewestFirstPageByPage() {
        var names = new ArrayList<String>();
        for (var i = 0; i < 5; i++) {
            names.addFirst(open("paged", "p" + i).getName());
        }
        var listed = new ArrayList<String>();
        var token = "";
        do {
            var page = gate.grpc()
                    .listReleases(ListReleasesRequest.newBuilder()
                            .setService("paged")
                            .setState(Release.State.OPEN)
                            .setPageSize(2)
                            .setPageToken(token)
                            .build());
            page.getReleasesList().forEach(release -> listed.add(release.getName()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertEquals(names, listed);
        var aborted = ListReleasesRequest.newBuilder()
                .setService("paged")
                .setState(Release.State.ABORTED)
                .build();
        assertEquals(0, gate.grpc().listReleases(aborted).getReleasesCount());
    }

    @Test
    void releasesAreFoundByTheBeginningOfTheirId() {
        var release = open("paged", "id1");
        var id = release.getName().substring(release.getName().lastIndexOf('/') + 1);
        for (var length : new int[] {8, 9, 13, 14, 35, 36}) {
            assertEquals(
                    List.of(release.getName()),
                    found(id.substring(0, length)).stream()
                            .map(Release::getName)
                            .toList(),
                    id.substring(0, length));
        }
        assertEquals(List.of(), found("00000000-0000-0000-0000"));
        for (var wrong : List.of(
                id.substring(0, 7),
                id + "0",
                id.replace("-", ""),
                "G" + id.substring(1),
                id.toUpperCase(Locale.ROOT))) {
            assertInvalid("id_prefix", () -> found(wrong));
        }
    }

    private List<Release> found(String idPrefix) {
        return gate.grpc()
                .listReleases(
                        ListReleasesRequest.newBuilder().setIdPrefix(idPrefix).build())
                .getReleasesList();
    }

    @Test
    void decisionsAreListedNewestFirstWithoutTheirAnalyses() {
        var name = open("history", "h1").getName();
        for (var window = 1; window <= 3; window++) {
            gate.analysis.say("h1", window % 2 == 0 ? Verdict.CONTINUE : Verdict.PASS, window);
            gate.settle();
            open("history", "h1");
        }
        var first = gate.grpc()
                .listDecisions(ListDecisionsRequest.newBuilder()
                        .setParent(name)
                        .setPageSize(3)
                        .build());
        var second = gate.grpc()
                .listDecisions(ListDecisionsRequest.newBuilder()
                        .setParent(name)
                        .setPageSize(3)
                        .setPageToken(first.getNextPageToken())
                        .build());
        assertEquals(3, first.getDecisionsCount());
        assertEquals(1, second.getDecisionsCount());
        assertEquals("", second.getNextPageToken());
        assertFalse(first.getDecisionsList().stream().anyMatch(Decision::hasAnalysis));
        var oldest = gate.grpc()
                .getDecision(GetDecisionRequest.newBuilder()
                        .setName(second.getDecisions(0).getName())
                        .build());
        assertEquals(0, oldest.getAnalysis().getWindowCount());
        assertTrue(oldest.hasAnalysis());
    }

    @Test
    void namesOfNothingAreNotFound() {
        var name = open("errors", "e0").getName();
        var stranger = name.replace("services/errors/", "services/other/");
        for (var missing : List.of("services/errors/releases/" + UUID.randomUUID(), stranger)) {
            var get = GetReleaseRequest.newBuilder().setName(missing).build();
            assertFails(Status.Code.NOT_FOUND, "RELEASE_NOT_FOUND", () -> gate.grpc()
                    .getRelease(get));
            var watch = WatchReleaseRequest.newBuilder().setName(missing).build();
            assertFails(Status.Code.NOT_FOUND, "RELEASE_NOT_FOUND", () -> gate.grpc()
                    .watchRelease(watch)
                    .next());
            var list = ListDecisionsRequest.newBuilder().setParent(missing).build();
            assertFails(Status.Code.NOT_FOUND, "RELEASE_NOT_FOUND", () -> gate.grpc()
                    .listDecisions(list));
            var decision = GetDecisionRequest.newBuilder()
                    .setName(missing + "/decisions/" + UUID.randomUUID())
                    .build();
            assertFails(Status.Code.NOT_FOUND, "DECISION_NOT_FOUND", () -> gate.grpc()
                    .getDecision(decision));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nonsense", "services/errors/releases/", "releases/0f0e2c4e-6a51-4d0e-9c43-0f2b8a7e5d11"})
    void aTextThatIsNoNameIsAFaultOfItsField(String text) {
        var fault = "is '" + text + "'; legal: services/{service}/releases/{uuid}";
        assertEquals("name: " + fault, invalid(() -> gate.release(text)));
        assertEquals("parent: " + fault, invalid(() -> gate.decisionCount(text)));
        assertEquals("name: " + fault, invalid(() -> abort(text, "bad")));
        var promote = PromoteReleaseRequest.newBuilder()
                .setName(text)
                .setReason("good")
                .build();
        assertEquals("name: " + fault, invalid(() -> gate.grpc().promoteRelease(promote)));
        var watch = WatchReleaseRequest.newBuilder().setName(text).build();
        assertEquals(
                "name: " + fault, invalid(() -> gate.grpc().watchRelease(watch).next()));
        var decision = GetDecisionRequest.newBuilder().setName(text).build();
        assertEquals("name: " + fault + "/decisions/{uuid}", invalid(() -> gate.grpc()
                .getDecision(decision)));
    }

    @Test
    void illegalFieldsAreNamed() {
        var name = open("errors", "e1").getName();
        assertInvalid("service", () -> open("", "c"));
        assertInvalid("canary", () -> open("errors", "errors", " "));
        assertInvalid("rollout", () -> open("errors", " ", "c"));
        assertInvalid("reason", () -> abort(name, " \n "));
        assertInvalid("reason", () -> abort(name, "x".repeat(1001)));
        assertInvalid("reason", () -> abort(name, "a\0b"));
        assertInvalid("page_size", () -> list(-1, ""));
        assertInvalid("page_size", () -> list(201, ""));
        assertInvalid("page_token", () -> list(1, "nonsense"));
        assertEquals(Release.State.OPEN, gate.release(name).getState());
    }

    private void list(int size, String token) {
        gate.grpc()
                .listReleases(ListReleasesRequest.newBuilder()
                        .setPageSize(size)
                        .setPageToken(token)
                        .build());
    }
}
