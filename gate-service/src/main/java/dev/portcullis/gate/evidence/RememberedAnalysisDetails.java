package dev.portcullis.gate.evidence;

import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.feed.RecentlyUsed;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Analyses as people look at them, read once per change however many people look. What is remembered is answered as long as it is the latest revision that is known
 * of, and for good once the analysis has ended. Thread-safe.
 */
public final class RememberedAnalysisDetails implements AnalysisDetails {
    private static final int MOST = 200;

    private final AnalysisDetails details;
    private final Function<String, Optional<AnalysisReport>> latest;
    private final Map<String, AnalysisDetail> known = new RecentlyUsed<>(MOST, (analysis, detail) -> {});

    /** @param latest gives the latest report of an analysis; empty when that is not known */
    public RememberedAnalysisDetails(AnalysisDetails details, Function<String, Optional<AnalysisReport>> latest) {
        this.details = details;
        this.latest = latest;
    }

    @Override
    public Optional<AnalysisDetail> read(String analysis) {
        var remembered = remembered(analysis).filter(detail -> isCurrent(analysis, detail));
        if (remembered.isPresent()) {
            return remembered;
        }
        var read = details.read(analysis);
        read.ifPresent(detail -> keep(analysis, detail));
        return read;
    }

    private boolean isCurrent(String analysis, AnalysisDetail detail) {
        return detail.report().ended()
                || latest.apply(analysis)
                        .filter(report -> report.revision() <= detail.report().revision())
                        .isPresent();
    }

    private Optional<AnalysisDetail> remembered(String analysis) {
        synchronized (known) {
            return Optional.ofNullable(known.get(analysis));
        }
    }

    private void keep(String analysis, AnalysisDetail detail) {
        synchronized (known) {
            known.merge(
                    analysis,
                    detail,
                    (old, read) -> old.report().revision() > read.report().revision() ? old : read);
        }
    }
}
