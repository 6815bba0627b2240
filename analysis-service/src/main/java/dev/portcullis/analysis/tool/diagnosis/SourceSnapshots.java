package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.inspection.InspectionException;
import dev.portcullis.analysis.inspection.SourceInspection;
import dev.portcullis.analysis.inspection.SourceSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One snapshot of every source that is asked for. Not thread-safe. */
final class SourceSnapshots {
    private final Map<String, SourceInspection> sources;
    private final Map<String, Optional<SourceSnapshot>> looks = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    SourceSnapshots(Map<String, SourceInspection> sources) {
        this.sources = sources;
    }

    /** What a source has; empty when it cannot be looked at, which then is among the findings. */
    Optional<SourceSnapshot> of(String source) {
        Optional<SourceSnapshot> known = looks.get(source);
        if (known == null) {
            known = look(source);
            looks.put(source, known);
        }
        return known;
    }

    private Optional<SourceSnapshot> look(String source) {
        SourceInspection inspection = sources.get(source);
        if (inspection == null) {
            notLookedInto(source);
            return Optional.empty();
        }
        Optional<SourceSnapshot> looked = asking(source, inspection::look).flatMap(snapshot -> {
            if (snapshot.isEmpty()) {
                notLookedInto(source);
            }
            return snapshot;
        });
        looked.ifPresent(snapshot -> findings.addAll(SourceCheck.of(source, inspection, snapshot)));
        return looked;
    }

    private void notLookedInto(String source) {
        findings.add(Finding.of(
                FindingKind.SOURCE_NOT_INSPECTED,
                new Subject.OfSource(source),
                "source '" + source
                        + "' is of a kind that cannot be inspected from outside, so its queries are not checked",
                ""));
    }

    /** Asks a source; empty when it cannot be asked, which then is among the findings. */
    <T> Optional<T> ask(String source, Function<SourceSnapshot, T> question) {
        return of(source).flatMap(snapshot -> asking(source, () -> question.apply(snapshot)));
    }

    private <T> Optional<T> asking(String source, Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (InspectionException trouble) {
            SourceInspection inspection = sources.get(source);
            if (inspection != null) {
                findings.add(SourceCheck.of(source, inspection, trouble));
            }
            return Optional.empty();
        }
    }

    /** What is wrong with the sources, each thing once. */
    List<Finding> findings() {
        return findings.stream().distinct().toList();
    }
}
