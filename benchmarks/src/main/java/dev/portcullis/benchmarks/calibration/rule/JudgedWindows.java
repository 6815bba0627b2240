package dev.portcullis.benchmarks.calibration.rule;

import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.JudgeWindow;
import java.util.List;
import java.util.stream.IntStream;

/** Counted windows as the judge takes them. */
final class JudgedWindows {
    private JudgedWindows() {}

    /**
     * Windows of one objective.
     *
     * @param seconds length of a window
     * @param bakeSeconds a window that ends before this allows no PASS
     */
    static List<JudgeWindow> of(List<Observation> windows, int seconds, int bakeSeconds) {
        return IntStream.range(0, windows.size())
                .mapToObj(i -> new JudgeWindow(List.of(windows.get(i)), (i + 1) * seconds >= bakeSeconds))
                .toList();
    }
}
