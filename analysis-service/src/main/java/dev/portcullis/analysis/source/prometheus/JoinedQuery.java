package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.metric.Moments;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.LabelMatcher.Operator;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SeriesIndex;
import dev.portcullis.analysis.query.SeriesQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One query for the series of as many analyses as share a metric: their arms, and values that differ from one to the other, are joined
 * to one regular expression each. It may give series that nobody asked for; who means which is found afterwards.
 *
 * @param members at least one, all of one shape
 */
record JoinedQuery(List<Member> members) {
    /** In bytes. The longest query that VictoriaMetrics takes by default is 16 KiB; Prometheus knows no limit. */
    static final int LONGEST = 16_000;

    JoinedQuery {
        members = List.copyOf(members);
    }

    /** The fewest queries no longer than {@link #LONGEST} that answer all; a longer one only when a single analysis needs it. */
    static List<JoinedQuery> of(List<SeriesQuery> queries) {
        Map<List<Object>, List<Member>> byShape = new LinkedHashMap<>();
        for (Member member : Member.of(queries)) {
            byShape.computeIfAbsent(member.shape(), shape -> new ArrayList<>()).add(member);
        }
        return byShape.values().stream()
                .flatMap(members -> new JoinedQuery(members).cut().stream())
                .toList();
    }

    private List<JoinedQuery> cut() {
        List<JoinedQuery> pieces = new ArrayList<>();
        List<Member> piece = new ArrayList<>();
        QueryLength length = new QueryLength();
        for (Member member : members) {
            if (!piece.isEmpty() && length.with(member) > LONGEST) {
                pieces.add(new JoinedQuery(piece));
                piece = new ArrayList<>();
                length = new QueryLength();
            }
            piece.add(member);
            length.add(member);
        }
        pieces.add(new JoinedQuery(piece));
        return pieces;
    }

    /** Whether it is for several analyses. */
    boolean isShared() {
        return members.size() > 1;
    }

    /** Two queries for half of the members each; of one with several members. */
    List<JoinedQuery> halves() {
        int middle = members.size() / 2;
        return List.of(
                new JoinedQuery(members.subList(0, middle)), new JoinedQuery(members.subList(middle, members.size())));
    }

    /** The positions of the queries it answers. */
    List<Integer> positions() {
        return members.stream().flatMap(member -> member.positions().stream()).toList();
    }

    /** The label that tells the arms it asks for. */
    String armLabel() {
        return members.getFirst().armLabel();
    }

    /** The query in PromQL: a vector selector. */
    String text() {
        Member first = members.getFirst();
        List<LabelMatcher> matchers = new ArrayList<>();
        for (int i = 0; i < first.common().size(); i++) {
            matchers.add(joined(i));
        }
        Set<String> arms = new TreeSet<>();
        members.forEach(member -> arms.addAll(member.arms()));
        matchers.add(LabelMatcher.anyOf(armLabel(), arms));
        return new Selector(first.metric(), matchers).render();
    }

    /** What an answer for one moment gives each of the queries, by position. Only those it was asked for get anything of it. */
    Map<Integer, List<SourceReading>> readings(List<SeriesQuery> queries, List<Sample> given) {
        Map<Integer, List<List<Sample>>> samples = byPosition(1);
        Function<Map<String, String>, List<Integer>> meaning = meaning(queries);
        given.forEach(sample -> meaning.apply(sample.labels())
                .forEach(position -> at(samples, position, 0).add(sample)));
        return readings(samples);
    }

    /** The same of an answer over several moments. */
    Map<Integer, List<SourceReading>> readings(List<SeriesQuery> queries, List<RangeSeries> given, Moments moments) {
        Map<Integer, List<List<Sample>>> samples = byPosition(moments.number());
        Function<Map<String, String>, List<Integer>> meaning = meaning(queries);
        given.forEach(series -> meaning.apply(series.labels()).forEach(position -> series.samples()
                .forEach((moment, sample) ->
                        at(samples, position, moments.nearest(moment)).add(sample))));
        return readings(samples);
    }

    private Map<Integer, List<List<Sample>>> byPosition(int moments) {
        Map<Integer, List<List<Sample>>> samples = new HashMap<>();
        positions()
                .forEach(position -> samples.put(
                        position,
                        Stream.generate(() -> (List<Sample>) new ArrayList<Sample>())
                                .limit(moments)
                                .toList()));
        return samples;
    }

    private static List<Sample> at(Map<Integer, List<List<Sample>>> samples, int position, int moment) {
        return Objects.requireNonNull(samples.get(position)).get(moment);
    }

    private static Map<Integer, List<SourceReading>> readings(Map<Integer, List<List<Sample>>> samples) {
        Map<Integer, List<SourceReading>> readings = new HashMap<>();
        samples.forEach((position, byMoment) -> readings.put(
                position,
                byMoment.stream()
                        .<SourceReading>map(given -> new SourceReading.Series(given, List.of()))
                        .toList()));
        return readings;
    }

    /** Positions by labels. A series of both arms, by two labels, is in the answers for either label, and taken from the canary's. */
    private Function<Map<String, String>, List<Integer>> meaning(List<SeriesQuery> queries) {
        List<Integer> positions = positions();
        SeriesIndex index = new SeriesIndex(positions.stream().map(queries::get).toList());
        return labels -> index.meaning(labels).stream()
                .map(positions::get)
                .filter(position -> queries.get(position).arms().each().stream()
                        .filter(arm -> arm.owns(labels))
                        .limit(1)
                        .anyMatch(arm -> arm.label().equals(armLabel())))
                .toList();
    }

    private LabelMatcher joined(int place) {
        LabelMatcher one = members.getFirst().common().get(place);
        if (one.operator() != Operator.EQUAL) {
            return one;
        }
        Set<String> values = new LinkedHashSet<>();
        members.forEach(member -> values.add(member.common().get(place).value()));
        return LabelMatcher.anyOf(one.label(), values);
    }
}
