package dev.portcullis.analysis.metric;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A request, as far as it can be understood: one that cannot does not concern the others. */
sealed interface Requested {
    /** The series it asks for. */
    static Requested of(MeterRequest request) {
        try {
            return new Understood(RequestedSeries.of(request));
        } catch (SelectorException e) {
            return new Faulty(oneLine(e));
        }
    }

    /** A fault as one line. */
    static String oneLine(RuntimeException e) {
        return e.toString().replaceAll("\\s+", " ");
    }

    /** Adds what is to be asked, by source. */
    void addTo(Map<String, Set<SeriesQuery>> bySource);

    /** What the answers are to it; never throws. */
    MeterReading reading(SourceAnswers answers);

    /** One that sources can be asked for. */
    record Understood(RequestedSeries series) implements Requested {
        @Override
        public void addTo(Map<String, Set<SeriesQuery>> bySource) {
            for (RequestedSeries.Part part : series.parts()) {
                bySource.computeIfAbsent(part.source(), name -> new LinkedHashSet<>())
                        .addAll(series.queries(part.source()));
            }
        }

        @Override
        public MeterReading reading(SourceAnswers answers) {
            try {
                return answers.of(series);
            } catch (RuntimeException e) {
                return new MeterReading.Unreachable("the reading could not be used: " + oneLine(e));
            }
        }
    }

    /** One with a query that cannot be read. */
    record Faulty(String fault) implements Requested {
        @Override
        public void addTo(Map<String, Set<SeriesQuery>> bySource) {}

        @Override
        public MeterReading reading(SourceAnswers answers) {
            return new MeterReading.Unreachable(fault);
        }
    }
}
