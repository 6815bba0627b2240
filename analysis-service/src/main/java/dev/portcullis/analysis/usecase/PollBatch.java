package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.metric.CounterReader;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.Moments;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.RunPlan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Analyses that are read together: they use the same sources, so that a slow one holds up nobody else, and want the same moments.
 *
 * @param runs one at least
 * @param moments whose counters are wanted
 * @param past whether some of the moments were missed and are to be made up for
 * @param remembered whether the sources keep the past, so that counters are of the moment they were asked for, whenever that is
 */
record PollBatch(List<AnalysisRun> runs, Moments moments, boolean past, boolean remembered) {
    /**
     * Of a source that keeps no past, nobody knows when in the time of a reading its counters stood so. Sources answer in less; what takes longer was read by a
     * process that was stopped meanwhile.
     */
    private static final Duration LONGEST_READING = Duration.ofSeconds(10);

    /** So many missed readings are made up for at once; when there are more, the next round goes on. */
    private static final int MOST_MOMENTS = 20;

    private record Key(Set<String> sources, @Nullable Moments moments) {}

    PollBatch {
        runs = List.copyOf(runs);
    }

    /** The rounds that advance all of the analyses. */
    static List<PollBatch> of(List<AnalysisRun> due, CounterReader reader, Instant now) {
        Map<Key, List<AnalysisRun>> rounds = new LinkedHashMap<>();
        for (AnalysisRun run : due) {
            var request = run.plan().request();
            var moments = reader.remembers(request) ? run.unread(now, MOST_MOMENTS) : null;
            rounds.computeIfAbsent(new Key(request.sources(), moments), key -> new ArrayList<>())
                    .add(run);
        }
        List<PollBatch> all = new ArrayList<>();
        rounds.forEach((key, runs) -> all.add(
                key.moments() == null
                        ? new PollBatch(runs, Moments.at(now), false, false)
                        : new PollBatch(runs, key.moments(), key.moments().number() > 1, true)));
        return all;
    }

    /** The readings of each analysis by the moment they were asked for, in the order of the analyses. One whose moment is not known is none. */
    List<SortedMap<Instant, CounterReading>> read(CounterReader reader, Clock clock) {
        var readings = read(reader);
        var took = Duration.between(moments.first(), clock.instant());
        return remembered || isTimely(took) ? readings : all(tooLong(took));
    }

    /** Whether counters that were read in this time can be taken for those of its beginning. */
    static boolean isTimely(Duration took) {
        return took.compareTo(LONGEST_READING) <= 0;
    }

    private static CounterReading.Unreachable tooLong(Duration took) {
        return new CounterReading.Unreachable(
                "the reading took " + took.toSeconds()
                        + " s, in which this process was stopped or overloaded; nobody knows when its counters stood so, and the next reading covers the time");
    }

    private List<SortedMap<Instant, CounterReading>> read(CounterReader reader) {
        var requests =
                runs.stream().map(AnalysisRun::plan).map(RunPlan::request).toList();
        var byMoment = past ? reader.readPast(requests, moments) : List.of(reader.read(requests, moments.first()));
        List<SortedMap<Instant, CounterReading>> readings = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            SortedMap<Instant, CounterReading> ofRun = new TreeMap<>();
            for (int m = 0; m < byMoment.size(); m++) {
                ofRun.put(moments.at(m), byMoment.get(m).get(i));
            }
            readings.add(ofRun);
        }
        return readings;
    }

    /** The same reading for each analysis. */
    List<SortedMap<Instant, CounterReading>> all(CounterReading reading) {
        return Collections.nCopies(runs.size(), new TreeMap<>(Map.of(moments.last(), reading)));
    }
}
