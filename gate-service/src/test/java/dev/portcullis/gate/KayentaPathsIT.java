package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paths of Kayenta's API one by one: configs, lists, and what is not legal. */
final class KayentaPathsIT extends KayentaCalls {
    @Test
    void aConfigIsThePolicyOfItsName() {
        var response = send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canaryConfig/checkout")));
        assertEquals(200, response.statusCode());
        assertEquals("[\"checkout\"]", json(response).path("applications").toString());
        assertEquals(95, json(response).at("/classifier/scoreThresholds/pass").intValue());
        var one = send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canaryConfig?application=cart")));
        assertEquals(1, json(one).size());
        var none = send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canaryConfig/chekout")));
        assertEquals(404, none.statusCode());
        assertEquals(
                "no ReleasePolicy is called 'chekout'; known: cart, checkout",
                json(none).path("message").textValue());
        assertEquals(404, post("chekout", "application=a", "{}").statusCode());
    }

    @Test
    void executionsAreListedNewestFirst() {
        var argo = new Argo(95, 75);
        argo.run("c1", "s1");
        fails("c1");
        argo.resume(argo.run("c1", "s1"));
        argo.run("c2", "s1");
        var all = json(send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canary/executions?application=guestbook"))));
        assertEquals(2, all.size(), all.toString());
        assertEquals(
                "c2",
                all.get(0)
                        .at("/canaryExecutionRequest/scopes/default/experimentScope/scope")
                        .textValue());
        var ended = json(send(HttpRequest.newBuilder(
                gate.uri("/v1/kayenta/canary/executions?application=guestbook&statuses=SUCCEEDED,terminal"))));
        assertEquals(1, ended.size());
        var second = json(send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canary/executions?limit=1&page=2"))));
        assertEquals(
                "c1",
                second.get(0)
                        .at("/canaryExecutionRequest/scopes/default/experimentScope/scope")
                        .textValue());
        var id = all.get(0).path("pipelineId").textValue();
        assertEquals("Running", argo.resume(id));
        var other = json(send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canary/executions?application=cart"))));
        assertEquals(0, other.size());
        var wrong = send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canary/executions?limit=0")));
        assertEquals(400, wrong.statusCode());
    }

    @Test
    void anIdThatIsNoneIsUnknown() {
        for (var id : List.of("%3Cnil%3E", "x", "a7c1")) {
            var response = send(HttpRequest.newBuilder(gate.uri("/v1/kayenta/canary/" + id)));
            assertEquals(404, response.statusCode(), response.body());
            assertTrue(json(response).path("message").isTextual());
            assertEquals(404, cancel(id).statusCode());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|body is missing",
                "[]|body is an array",
                "{}|scopes is missing",
                "{'scopes':{},'thresholds':{'pass':95,'marginal':75}}|scopes is empty",
                "{'scopes':{'d':{'controlScope':{'scope':'a'},'experimentScope':{'scope':'a'}}},'thresholds':{'pass':95,'marginal':75}}|scopes.d.controlScope.scope is 'a'",
                "{'scopes':{'d':{'controlScope':{'scope':''},'experimentScope':{'scope':'a'}}},'thresholds':{'pass':95,'marginal':75}}|scopes.d.controlScope.scope is empty",
                "{'scopes':{'d':{'controlScope':{'scope':7},'experimentScope':{'scope':'a'}}},'thresholds':{'pass':95,'marginal':75}}|scopes.d.controlScope.scope is a number",
                "{'scopes':{'d':{'experimentScope':{'scope':'a'}}},'thresholds':{'pass':95,'marginal':75}}|scopes.d.controlScope is missing",
                "{'scopes':{'d':{'controlScope':{'scope':'{{args.x}}'},'experimentScope':{'scope':'a'}}},'thresholds':{'pass':95,'marginal':75}}|scopes.d.controlScope.scope is '{{args.x}}'",
                "{'scopes':{'d':{'controlScope':{'scope':'b'},'experimentScope':{'scope':'a'}},'e':{'controlScope':{'scope':'c'},'experimentScope':{'scope':'a'}}},'thresholds':{'pass':95,'marginal':75}}|scopes.e is about another",
                "{'scopes':{'d':{'controlScope':{'scope':'b'},'experimentScope':{'scope':'a'}}},'thresholds':{'pass':75,'marginal':95}}|thresholds.marginal is 95, more than",
                "{'scopes':{'d':{'controlScope':{'scope':'b'},'experimentScope':{'scope':'a'}}},'thresholds':{'pass':94.9,'marginal':75}}|thresholds.pass is 94.9",
                "{'scopes':{'d':{'controlScope':{'scope':'b'},'experimentScope':{'scope':'a'}}},'thresholds':{'pass':101,'marginal':75}}|thresholds.pass is 101",
                "{'scopes':{'d':{'controlScope':{'scope':'b'},'experimentScope':{'scope':'a'}}}}|thresholds is missing"
            })
    void aQuestionThatIsNotLegalSaysWhy(String body, String message) {
        var response = post("checkout", "application=a", body.replace('\'', '"').replace("is \"a\"", "is 'a'"));
        assertEquals(400, response.statusCode(), response.body());
        assertTrue(json(response).path("message").textValue().startsWith(message), response.body());
        assertEquals(1, json(response).size());
    }
}
