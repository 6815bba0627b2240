package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.Selector;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The length of a joined query while members are added to it, without writing it anew for each. Not thread-safe. */
final class QueryLength {
    private final Set<Value> values = new HashSet<>();
    private int bytes;

    /** A value of a place among the matchers, of which each is written once. */
    private record Value(int place, String text) {}

    /** The length with one more member, in bytes; at most some too long. */
    int with(Member member) {
        int more = values.isEmpty() ? frame(member) : 0;
        for (int place = 0; place < member.common().size(); place++) {
            LabelMatcher matcher = member.common().get(place);
            if (matcher.operator() == LabelMatcher.Operator.EQUAL) {
                more += added(new Value(place, matcher.value()));
            }
        }
        for (String arm : member.arms()) {
            more += added(new Value(-1, arm));
        }
        return bytes + more;
    }

    /** Adds the member. */
    void add(Member member) {
        bytes = with(member);
        for (int place = 0; place < member.common().size(); place++) {
            values.add(new Value(place, member.common().get(place).value()));
        }
        member.arms().forEach(arm -> values.add(new Value(-1, arm)));
    }

    private int added(Value value) {
        return values.contains(value) ? 0 : LabelMatcher.lengthAmongOthers(value.text());
    }

    /** What stands in the query but for the values that are joined. */
    private static int frame(Member member) {
        List<LabelMatcher> matchers = member.common().stream()
                .map(matcher -> matcher.operator() == LabelMatcher.Operator.EQUAL
                        ? new LabelMatcher(matcher.label(), LabelMatcher.Operator.MATCHES, "")
                        : matcher)
                .toList();
        return new Selector(member.metric(), matchers)
                .with(new LabelMatcher(member.armLabel(), LabelMatcher.Operator.MATCHES, ""))
                .render()
                .getBytes(StandardCharsets.UTF_8)
                .length;
    }
}
