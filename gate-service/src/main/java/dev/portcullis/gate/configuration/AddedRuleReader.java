package dev.portcullis.gate.configuration;

import dev.portcullis.gate.feed.RecentlyUsed;
import dev.portcullis.gate.release.AddedRule;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.rule.AddedRules;
import dev.portcullis.gate.rule.PromotionRule;
import dev.portcullis.gate.rule.UnreadableRule;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.kit.text.PlainText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The reader of the rules of questions, by that of {@code gate.rules}. Thread-safe. */
public final class AddedRuleReader implements AddedRules {
    private static final String RULES = "rules";
    private static final String ADDS_ONLY = "a question can only add rules to those of the ReleasePolicy";
    /** In characters; far above what is legal of one that is read, so that nobody has much read in vain. */
    private static final int LONGEST = 16_384;

    private static final int LONGEST_FIELD = 200;
    private static final int LONGEST_FAULT = 1_000;
    private static final int MOST_RULES = 500;
    private static final int MOST_TEXTS = 200;

    private static final Pattern UNKNOWN_KEY = Pattern.compile("unknown key '(.*)' in (rules\\[\\d+]([^\\s;]*))(.*)");
    private static final Pattern AT_PATH = Pattern.compile("(rules(?:\\[\\d+]\\S*)?) (.*)");

    private final PromotionRuleReader reader;
    private final Map<String, String> refused;
    private final Executor background;
    private final Map<String, List<AddedRule>> texts = new RecentlyUsed<>(MOST_TEXTS, (text, rules) -> {});
    private final Map<AddedRule, PromotionRule> rules = new RecentlyUsed<>(MOST_RULES, (added, rule) -> {});

    /**
     * One for all questions.
     *
     * @param reader of the kinds that a question may add
     * @param refused why it may not add the others, by their names
     * @param background reads what must hold nobody up
     */
    public AddedRuleReader(PromotionRuleReader reader, Map<String, String> refused, Executor background) {
        this.reader = reader;
        this.refused = Map.copyOf(refused);
        this.background = background;
    }

    /** @param rules in the order of the items, when nothing is wrong with them */
    private record Reading(List<YamlMapping> items, List<PromotionRule> rules) {}

    @Override
    public List<AddedRule> read(String text) {
        return known(text).orElseGet(() -> {
            var read = readNow(text);
            synchronized (texts) {
                texts.put(text, read);
            }
            return read;
        });
    }

    @Override
    public CompletableFuture<List<AddedRule>> reading(String text) {
        return known(text)
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> CompletableFuture.supplyAsync(() -> read(text), background));
    }

    private Optional<List<AddedRule>> known(String text) {
        if (text.isEmpty()) {
            return Optional.of(List.of());
        }
        synchronized (texts) {
            return Optional.ofNullable(texts.get(text));
        }
    }

    private List<AddedRule> readNow(String text) {
        if (text.length() > LONGEST) {
            throw new InvalidFieldException(
                    RULES,
                    "has " + text.length() + " characters; legal: up to " + LONGEST + ", blanks and comments too");
        }
        var faults = new Faults();
        var read = reading(text, faults);
        if (!faults.isEmpty()) {
            throw refusal(faults.list().getFirst().message());
        }
        return IntStream.range(0, read.items().size())
                .mapToObj(i -> added(i, read.rules().get(i), read.items().get(i).json()))
                .toList();
    }

    /** It is shown to people, who have not written it. */
    private static AddedRule added(int index, PromotionRule rule, String text) {
        if (!PlainText.of(text).equals(text)) {
            throw refusal(
                    RULES + "[" + index + "]",
                    "has a control character, or one that shows the text around it in another order; leave it out");
        }
        return new AddedRule(rule.name(), text);
    }

    private Reading reading(String text, Faults faults) {
        return YamlMapping.ofSentList(RULES, text, faults)
                .map(list -> {
                    var items = list.mappings(RULES, reader.legalItem());
                    items.forEach(this::refuseKinds);
                    return new Reading(items, faults.isEmpty() ? reader.read(list) : List.of());
                })
                .orElseGet(() -> new Reading(List.of(), List.of()));
    }

    private void refuseKinds(YamlMapping item) {
        item.keys().stream()
                .filter(refused::containsKey)
                .forEach(kind ->
                        item.fault(kind, item.path(kind) + " is not legal in a question: " + refused.get(kind)));
    }

    @Override
    public PromotionRule rule(AddedRule added) {
        return known(added).orElseGet(() -> {
            var rule = readAgain(added);
            synchronized (rules) {
                rules.put(added, rule);
            }
            return rule;
        });
    }

    @Override
    public Optional<PromotionRule> known(AddedRule added) {
        synchronized (rules) {
            return Optional.ofNullable(rules.get(added));
        }
    }

    private PromotionRule readAgain(AddedRule added) {
        var faults = new Faults();
        var rules = reading("[" + added.text() + "]", faults).rules();
        return faults.isEmpty() && rules.size() == 1
                ? rules.getFirst()
                : new UnreadableRule(
                        added.name(),
                        faults.isEmpty()
                                ? "it is none"
                                : faults.list().getFirst().message());
    }

    private static InvalidFieldException refusal(String told) {
        var unknown = UNKNOWN_KEY.matcher(told);
        if (unknown.matches()) {
            return refusal(
                    unknown.group(2) + "." + unknown.group(1),
                    "is not known" + unknown.group(4) + (unknown.group(3).isEmpty() ? "; " + ADDS_ONLY : ""));
        }
        var atPath = AT_PATH.matcher(told);
        if (!atPath.matches()) {
            return refusal(RULES, "cannot be read: " + told);
        }
        var whole = atPath.group(1).equals(RULES);
        return refusal(atPath.group(1), atPath.group(2) + (whole ? "; " + ADDS_ONLY : ""));
    }

    private static InvalidFieldException refusal(String field, String fault) {
        return new InvalidFieldException(PlainText.line(field, LONGEST_FIELD), PlainText.line(fault, LONGEST_FAULT));
    }
}
