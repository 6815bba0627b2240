package dev.portcullis.gate.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.gate.RuleWiring;
import dev.portcullis.gate.release.AddedRule;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.rule.AddedRules;
import dev.portcullis.gate.rule.Promotions;
import dev.portcullis.gate.rule.UnreadableRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddedRuleReaderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Runnable> background = new ArrayList<>();
    private final AddedRules reader = RuleWiring.addedRules(background::add);

    private InvalidFieldException refused(String text) {
        return assertThrows(InvalidFieldException.class, () -> reader.read(text), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"approvals\": {}}]                         | question/approvals    | {\"approvals\":{}}",
                "- approvals: {count: 2, by: ['*@shop.example'], name: two} | question/two | {\"approvals\":{\"by\":[\"*@shop.example\"],\"count\":2,\"name\":\"two\"}}",
                "- expression: {promoteWhen: 'release.ticket != \"\"', message: m} | question/expression | {\"expression\":{\"message\":\"m\",\"promoteWhen\":\"release.ticket != \\\"\\\"\"}}",
                "[{\"minimumBake\": {\"for\": \"1h\"}}]        | question/minimumBake  | {\"minimumBake\":{\"for\":\"1h\"}}",
                "- minimumBake: {for: 1h, onTrial: true}       | question/minimumBake  | {\"minimumBake\":{\"for\":\"1h\",\"onTrial\":true}}",
                "- trafficShare: {tolerance: 0.50, expected: 0.1} | question/trafficShare | {\"trafficShare\":{\"expected\":0.1,\"tolerance\":0.50}}",
            })
    void aRuleIsKeptUnderANameThatIsNoPolicysAndCanBeReadAgain(String text, String name, String kept) {
        var added = reader.read(text);

        assertEquals(List.of(new AddedRule(name, kept)), added);
        assertEquals(added, reader.read("[" + kept + "]"));
        assertEquals(Optional.empty(), reader.known(added.getFirst()));
        var rule = reader.rule(added.getFirst());
        assertEquals(name, rule.name());
        assertEquals(kept.contains("onTrial"), rule.onTrial());
        assertEquals(Optional.of(rule), reader.known(added.getFirst()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", " [ ] # none"})
    void noneIsLegal(String text) {
        assertEquals(List.of(), reader.read(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null                              | rules                           | is empty; legal: a list; a question can only add rules",
                "{\"undecided\":\"promote-without-proof\"} | rules                    | is a mapping; legal: a list; a question can only add rules",
                "\"minimumBake\"                   | rules                           | is 'minimumBake'; legal: a list; a question can only add rules",
                "17                                | rules                           | is 17; legal: a list",
                "[null]                            | rules[0]                        | is empty; legal: a mapping with one of the keys approvals, expression, minimumBake, trafficShare",
                "[[]]                              | rules[0]                        | is a list; legal: a mapping",
                "[{}]                              | rules                           | cannot be read: a rule is an empty mapping; legal: one of the keys approvals, expression, minimumBake, trafficShare",
                "[{\"undecided\":\"promote-without-proof\"}] | rules[0].undecided     | is not known; legal: approvals, expression, minimumBake, trafficShare; a question can only add rules to those of the ReleasePolicy",
                "[{\"minimumBake\":{\"for\":\"1h\"}},{\"onFail\":{\"minor\":\"hold\"}}] | rules[1].onFail | is not known; legal: approvals",
                "[{\"skipAnalysis\":[\"change=docs\"]}] | rules[0].skipAnalysis      | is not known; legal: approvals",
                "[{\"minimumBakes\":{}}]           | rules[0].minimumBakes           | is not known (did you mean 'minimumBake'?); legal: approvals",
                "[{\"minimumBake\":{\"for\":\"1h\",\"at\":1}}] | rules[0].minimumBake.at | is not known; legal: name, onTrial, for",
                "[{\"minimumBake\":{\"for\":\"0s\"}}] | rules[0].minimumBake.for     | is '0s'; legal: a duration from 1s to 30d",
                "[{\"minimumBake\":{}}]            | rules[0].minimumBake.for        | is missing; legal: a duration from 1s to 30d",
                "[{\"minimumBake\":null}]          | rules[0].minimumBake            | is empty; legal: a mapping",
                "[{\"minimumBake\":{\"for\":\"1h\",\"name\":\"a/b\"}}] | rules[0].minimumBake.name | is 'a/b'; legal: 1 to 63 letters",
                "[{\"minimumBake\":{\"for\":\"1h\"},\"approvals\":{}}] | rules[0].approvals | stands beside minimumBake; legal: one key",
                "[{\"minimumBake\":{\"for\":\"1h\"}},{\"minimumBake\":{\"for\":\"2h\"}}] | rules[1].minimumBake.name | is 'minimumBake', as that of another rule",
                "[{\"approvals\":{\"count\":0}}]   | rules[0].approvals.count        | is 0; legal: a whole number from 1 to 10",
                "[{\"trafficShare\":{\"expected\":1}}] | rules[0].trafficShare.expected | is 1; legal: ",
                "[{\"expression\":{\"promoteWhen\":\"x\",\"message\":\"m\"}}] | rules[0].expression.promoteWhen | is not legal: line 1, column 1: undeclared reference to 'x'",
                "[{\"expression\":{\"promoteWhen\":\"[1].all(a, [a].all(b, true))\",\"message\":\"m\"}}] | rules[0].expression.promoteWhen | is not legal: line 1, column 19: it goes through another list",
                "[{\"webhook\":{\"url\":\"http://169.254.169.254\"}}] | rules[0].webhook | is not legal in a question: whoever may ask could have the gate call any address; write it into gate.rules",
                "[{\"errorBudget\":{}}]            | rules[0].errorBudget            | is not legal in a question: it goes by the error budgets of the service, which the gate reads beforehand",
                "[{\"dependency\":{\"services\":[\"a\"]}}] | rules[0].dependency      | is not legal in a question: it goes by the error budgets of the services it names",
                "[{\"concurrency\":{}}]            | rules[0].concurrency            | is not legal in a question: it goes by which releases are in progress",
                "[{\"minimumBake\":{\"for\":\"1h\"}} | rules                         | cannot be read: not YAML: ",
                "`- minimumBake: {for: 1h}\nundecided: promote-without-proof` | rules | cannot be read: not YAML: ",
                "`[]\n---\n[]`                     | rules                           | is 2 documents; legal: a list",
                "[&a [*a]]                         | rules                           | cannot be read: an alias leads back",
                "[{\"minimumBake\":{\"for\":\"1h\",\"for\":\"2h\"}}] | rules              | cannot be read: duplicate key 'for'",
                "[{\"minimumBake\":{\"for\":\"1h\\u0000\"}}] | rules[0].minimumBake.for | is '1h?'; legal: a duration",
            })
    void whatIsNoRuleThatAQuestionMayAddIsRefusedByItsPlace(String text, String field, String fault) {
        var refusal = refused(text);

        assertEquals(field, refusal.field(), refusal.fault());
        assertTrue(refusal.fault().startsWith(fault), refusal.fault());
    }

    @Test
    void aTextIsKeptToTheLetter() throws Exception {
        var message = "\"now\" or \\ later:\t{never} # no comment, für 世界 \uD83D\uDE00 'x'\n- a: b /";
        var sent = JSON.createArrayNode();
        sent.addObject()
                .putObject("expression")
                .put("promoteWhen", "release.ticket != 'a\\\\b\"c' // %s")
                .put("message", message);

        var added = reader.read(sent.toString()).getFirst();

        assertEquals(sent.get(0), JSON.readTree(added.text()));
        var hold = reader.rule(added).hold(Promotions.of(ReleaseDetails.of("", "a\\b\"c", "", "")));
        assertTrue(hold.orElseThrow().explanation().endsWith(message), hold.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0007", "\u001b[2J", "\u0000", "\u0085", "\u202e", "\ud800", "\u2028", "\u007f"})
    void whatActsOnATerminalIsRefusedHoweverItIsWritten(String character) {
        var node = JSON.createArrayNode();
        node.addObject().putObject("expression").put("promoteWhen", "false").put("message", "a" + character + "b");
        assertTrue(refused(node.toString()).field().startsWith("rules"), node.toString());
        var escaped =
                "- expression: {promoteWhen: 'false', message: \"a\\u%04xb\"}".formatted((int) character.charAt(0));
        assertTrue(refused(escaped).field().startsWith("rules"), escaped);
        assertTrue(refused("- approvals: {by: [\"\\u202e\"]}").field().startsWith("rules[0]"));
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 1_000, 8_000})
    void deepNestingIsRefused(int depth) {
        var refusal = refused("[".repeat(depth) + "]".repeat(depth));

        assertEquals("rules", refusal.field());
        assertTrue(refusal.fault().contains("more than 64 lists and mappings"), refusal.fault());
    }

    @Test
    void whatIsHugeIsRefused() {
        assertTrue(
                refused("[" + " ".repeat(16_383) + "]").fault().startsWith("has 16385 characters; legal: up to 16384"));
        var longName = refused("[{\"" + "x".repeat(1_000) + "\":{}}]");
        assertTrue(longName.field().length() <= 200, longName.field());
        assertTrue(longName.fault().length() <= 1_000, longName.fault());
    }

    @Test
    void aReleaseHasAFewRulesOfAFewCharacters() {
        var ten = reader.read(IntStream.rangeClosed(1, 10)
                .mapToObj(i -> "{minimumBake: {for: 1h, name: n" + i + "}}")
                .collect(Collectors.joining(",", "[", "]")));
        assertEquals(ten, ReleaseDetails.NONE.with(ten).rules());
        var one = reader.read("[{approvals: {}}]");
        var more = assertThrows(
                InvalidFieldException.class, () -> ReleaseDetails.NONE.with(ten).and(ReleaseDetails.NONE.with(one)));
        assertEquals("rules: has 11 of them; legal: up to 10", more.getMessage());

        var wide = reader.read(IntStream.rangeClosed(1, 9)
                .mapToObj(i -> "{expression: {promoteWhen: \"'" + "x".repeat(500) + "' != ''\", message: m, name: n" + i
                        + "}}")
                .collect(Collectors.joining(",", "[", "]")));
        var wider = assertThrows(InvalidFieldException.class, () -> ReleaseDetails.NONE.with(wide));
        assertTrue(wider.fault().startsWith("has 5"), wider.fault());
        assertTrue(wider.fault().contains("legal: up to 4096"), wider.fault());
    }

    @Test
    void whatWasNotReadLatelyIsReadInTheBackground() {
        var text = "[{minimumBake: {for: 1h}}]";
        var reading = reader.reading(text);
        assertEquals(false, reading.isDone());
        background.removeFirst().run();
        assertEquals("question/minimumBake", reading.join().getFirst().name());
        assertEquals(reading.join(), reader.reading(text).join());
        assertEquals(List.of(), reader.reading("").join());
        assertEquals(List.of(), background);

        var wrong = reader.reading("{}");
        background.removeFirst().run();
        assertInstanceOf(
                InvalidFieldException.class,
                assertThrows(CompletionException.class, wrong::join).getCause());
    }

    @Test
    void oneThatCanBeReadNoMoreHoldsEveryPromotion() {
        for (var text : List.of("{\"gone\":{}}", "{\"webhook\":{\"url\":\"http://a\"}}", "}", "")) {
            var rule = reader.rule(new AddedRule("question/gone", text));

            assertInstanceOf(UnreadableRule.class, rule);
            assertEquals("question/gone", rule.name());
            var hold = rule.hold(Promotions.of(ReleaseDetails.NONE)).orElseThrow();
            assertEquals("[RULE_ERROR]", hold.reasons().toString());
            assertTrue(
                    hold.explanation().startsWith("rule 'question/gone' cannot be read by this version: "),
                    hold.explanation());
        }
    }
}
