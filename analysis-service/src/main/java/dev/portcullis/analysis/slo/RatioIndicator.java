package dev.portcullis.analysis.slo;

import dev.portcullis.analysis.query.Selector;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ratio of bad requests as two counters: total, and one of good or bad.
 *
 * @param source name of the data source, as the catalogue of sources knows it
 * @param good the counters of good requests; null when bad is given
 * @param bad the counters of bad requests; null when good is given
 * @param total the counters of all requests
 */
public record RatioIndicator(
        String source, @Nullable Selector good, @Nullable Selector bad, Selector total) implements Indicator {
    public RatioIndicator {
        if ((good == null) == (bad == null)) {
            throw new IllegalArgumentException(
                    "exactly one of good and bad is needed, got good=" + good + " bad=" + bad);
        }
    }

    /**
     * An indicator whose queries are given as text.
     *
     * @throws dev.portcullis.analysis.query.SelectorException when one is no selector
     */
    public RatioIndicator(String source, @Nullable String good, @Nullable String bad, String total) {
        this(source, parsed(good), parsed(bad), Selector.parse(total));
    }

    private static @Nullable Selector parsed(@Nullable String query) {
        return query == null ? null : Selector.parse(query);
    }

    /** Whether good requests are counted beside all, and not bad ones. */
    public boolean countsGood() {
        return good != null;
    }

    /** Whether good requests are counted by a metric of their own: that a pod has no series of it then tells nothing of its requests. */
    public boolean countsGoodApart() {
        Optional<String> all = total.named();
        Optional<String> ofGood = good == null ? Optional.empty() : good.named();
        return ofGood.isPresent() && all.isPresent() && !ofGood.equals(all);
    }

    /** The counters beside total: of good requests or of bad ones. */
    public Selector part() {
        return Objects.requireNonNull(good == null ? bad : good);
    }

    @Override
    public List<Selector> selectors() {
        return List.of(part(), total);
    }
}
