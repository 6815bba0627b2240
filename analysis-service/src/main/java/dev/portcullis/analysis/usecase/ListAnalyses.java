package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisRuns;
import dev.portcullis.analysis.run.ListPosition;
import dev.portcullis.analysis.run.RunFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists analyses page by page, newest first. */
public final class ListAnalyses {
    /**
     * Some of the analyses.
     *
     * @param runs newest first
     * @param next where the next page starts; null on the last page
     */
    public record Page(List<AnalysisRun> runs, @Nullable ListPosition next) {}

    private final AnalysisRuns runs;

    public ListAnalyses(AnalysisRuns runs) {
        this.runs = runs;
    }

    /**
     * One page.
     *
     * @param after null for the first page
     * @param size how many at most, 1 or more
     */
    public Page list(RunFilter filter, @Nullable ListPosition after, int size) {
        // One more than asked for tells whether there is a next page.
        var found = runs.list(filter, after, size + 1);
        if (found.size() <= size) {
            return new Page(found, null);
        }
        var page = found.subList(0, size);
        return new Page(page, ListPosition.after(page.getLast()));
    }
}
