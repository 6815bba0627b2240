package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.proto.analysis.v1.Verdict;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Flagger sends, and the words it gets for it. */
final class FlaggerBodyIT extends FlaggerCalls {
    @Test
    void whatIsSaidFitsIntoAnEventOfKubernetes() {
        var canary = checkout();
        canary.begin("a");
        canary.firstTick();
        gate.analysis.say("checkout", analysis -> analysis.setVerdict(Verdict.FAIL)
                .setWindowCount(2)
                .setExplanation("schlecht, sehr schlecht: äöü\n".repeat(200)));
        var response = canary.send("rollout");
        assertEquals(HOLD, response.statusCode());
        assertTrue(response.body().length() < 800, response.body().length() + " characters");
        assertFalse(response.body().contains("\n"));
        assertEquals("text/plain", contentType(response));
    }

    private static String contentType(HttpResponse<String> response) {
        return response.headers().firstValue("Content-Type").orElse("none").split(";")[0];
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|body",
                "{|body",
                "[]|body",
                "{}|name",
                "{'name':'c','namespace':'n','phase':'Progressing','checksum':7}|checksum",
                "{'name':'c','namespace':'n','phase':'Progressing','checksum':''}|checksum",
                "{'name':'c','namespace':'n','phase':null,'checksum':'a'}|phase",
                "{'name':'c','name':'d','namespace':'n','phase':'Progressing','checksum':'a'}|body",
                "{'name':'','namespace':'n','phase':'Progressing','checksum':'a'}|name",
                "{'name':'c','namespace':'n','phase':'Progressing','checksum':'a','metadata':[]}|metadata",
                "{'name':'c','namespace':'n','phase':'Progressing','checksum':'a','metadata':{'sevice':'x'}}|metadata.sevice",
                "{'name':'c','namespace':'n','phase':'Progressing','checksum':'a','metadata':{'service':7}}|metadata.service",
                "{'name':'c','namespace':'n','phase':'Progressing','checksum':'a','metadata':{'service':''}}|metadata.service",
                "{'name':'c','namespace':'n','phase':'Progressing','checksum':'a','metadata':{'dryRun':'yes'}}|metadata.dryRun",
                "{'name':'c','namespace':'n','phase':'Progressing','checksum':'a','metadata':{'stable':'c'}}|stable"
            })
    void aBodyThatIsNotLegalNamesItsField(String body, String field) {
        var response = gate.send(HttpRequest.newBuilder(gate.uri("/v1/flagger/rollback"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        body.replace('\'', '"').replace("\"c\"", "\"checkout\""))));
        assertEquals(400, response.statusCode(), response.body());
        assertEquals(field, GateUnderTest.json(response).path("field").textValue(), response.body());
        assertFalse(GateUnderTest.json(response).path("fault").textValue().isBlank());
    }

    @Test
    void fieldsOfANewerFlaggerAndLongBodiesAreTaken() {
        var body =
                "{\"name\":\"checkout\",\"namespace\":\"shop\",\"phase\":\"Progressing\",\"checksum\":\"a\",\"more\":\""
                        + "x".repeat(2_000) + "\"}";
        var response = gate.send(HttpRequest.newBuilder(gate.uri("/v1/flagger/rollback"))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertEquals(HOLD, response.statusCode(), response.body());
        assertTrue(response.body().startsWith("HOLD NOT_ENOUGH_EVIDENCE: "), response.body());
    }

    @Test
    void anAddressThatIsNoHookAndAPhaseThatIsNoEndSayWhatIsLegal() {
        var canary = checkout();
        var none = canary.send("confirm-rolout");
        assertEquals(404, none.statusCode());
        assertTrue(none.body().contains("confirm-rollout, pre-rollout, rollout"), none.body());
        canary.phase = "Progressing";
        var noEnd = canary.send("post-rollout");
        assertEquals(400, noEnd.statusCode());
        assertEquals("phase", GateUnderTest.json(noEnd).path("field").textValue());
    }

    /** Go's client sends a name and a password in an address as this header; Flagger's hooks have no other way to send one. */
    @Test
    void credentialsInTheAddressDoNoHarm() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(
                    HttpRequest.newBuilder(gate.uri("/v1/flagger/confirm-rollout"))
                            .header("Authorization", "Basic eDp0b2tlbg==")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "{\"name\":\"checkout\",\"namespace\":\"shop\",\"phase\":\"Initialized\",\"checksum\":\"a\"}"))
                            .build(),
                    BodyHandlers.ofString());
            assertEquals(GO, response.statusCode(), response.body());
        }
    }
}
