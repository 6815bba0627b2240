package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * All error bounds that were put to the test.
 *
 * @param all in the order of the sections
 */
public record Claims(List<Claim> all) {
    /** Whether all hold. */
    public boolean hold() {
        return all.stream().noneMatch(Claim::exceeded);
    }

    /** Those that do not hold. */
    public List<Claim> exceeded() {
        return all.stream().filter(Claim::exceeded).toList();
    }

    /** Per section and bound, how many were simulated and which of them came out worst. */
    public MarkdownTable summary() {
        var table = new MarkdownTable(List.of(
                "section", "bound", "workloads", "errors seen most often", "in", "workloads that exceed the bound"));
        all.stream()
                .collect(Collectors.groupingBy(
                        each -> List.of(each.section(), String.format(Locale.ROOT, "%.2f", each.bound())),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .forEach((key, claims) -> {
                    var worst = claims.stream()
                            .max(Comparator.comparingDouble(
                                    each -> each.errors().value()))
                            .orElseThrow();
                    table.add(List.of(
                            key.get(0),
                            key.get(1),
                            "" + claims.size(),
                            worst.errors().text(),
                            worst.errors().hits() == 0 ? "–" : worst.workload() + " (" + worst.rule() + ")",
                            "" + claims.stream().filter(Claim::exceeded).count()));
                });
        return table;
    }
}
