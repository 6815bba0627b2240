package dev.portcullis.analysis.rules;

import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.LabelMatcher.Operator;
import dev.portcullis.analysis.query.Selector;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The bad ratios that an SLO's rules have recorded, where they are loaded: to ask for them costs next to nothing. They count only when the
 * rules were rendered from the SLO as it is now, which {@link SeriesNames#DEFINITION} tells.
 */
public final class RecordedRatios {
    static final String DEFINITION_LABEL = "definition";
    private static final int BYTES = 8;

    private RecordedRatios() {}

    /** PromQL that gives the series of those windows that are recorded, and nothing when the rules are of another definition. */
    public static String query(BudgetedSlo slo, Collection<Duration> windows) {
        String names = windows.stream().map(RecordedRatios::name).collect(Collectors.joining("|"));
        LabelMatcher service = new LabelMatcher("service", Operator.EQUAL, slo.service());
        LabelMatcher name = new LabelMatcher("slo", Operator.EQUAL, slo.name());
        LabelMatcher definition = new LabelMatcher(DEFINITION_LABEL, Operator.EQUAL, definition(slo));
        Selector recorded = new Selector(
                "", List.of(new LabelMatcher(Selector.NAME_LABEL, Operator.MATCHES, names), service, name));
        return recorded.render() + " and on() "
                + new Selector(SeriesNames.DEFINITION, List.of(service, name, definition)).render();
    }

    /** Name of the recorded series of a window. */
    public static String name(Duration window) {
        return SeriesNames.badRatio(window);
    }

    /** What tells an SLO that counts in one way from one that counts in another: 16 hexadecimal digits. */
    static String definition(BudgetedSlo slo) {
        byte[] counted = BudgetQuery.badRatio(slo, Duration.ofDays(1)).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(counted);
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
