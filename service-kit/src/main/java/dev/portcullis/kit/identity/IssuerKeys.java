package dev.portcullis.kit.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of one issuer. They are fetched when the first is needed, again after {@link #REFRESH_AFTER} without anybody waiting for it, and at once when a key is
 * asked for that is not among them, since issuers change their keys; but never twice within the issuer's interval, whatever is asked for. When they cannot be had, those
 * that are known go on for {@link #OUTAGE}. Thread-safe.
 *
 * <p>Not {@code JWKSourceBuilder} of nimbus (10.10), which has the same parts: its rate limit lets two requests through in each interval, so that the promise of one would not
 * hold, it reads the time of the system by itself, which tests cannot move and an administrator can, and it tells a limit that was reached from an issuer that is away only by
 * exceptions of both that callers would have to sort.
 */
final class IssuerKeys {
    static final Duration REFRESH_AFTER = Duration.ofMinutes(10);
    /** A key that its issuer has withdrawn is good for no longer than that. */
    static final Duration OUTAGE = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    /** Keys that cannot be had, and none that are known. */
    static final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private record Known(JWKSet keys, long fetched) {}

    private final AccessRules.Issuer issuer;
    private final KeyDocuments documents;
    private final LongSupplier nanoTime;
    private final Executor background;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Known known;
    /** Guarded by {@link #fetching}. */
    private @Nullable Long asked;

    /** @param background runs a refresh that nobody waits for */
    IssuerKeys(AccessRules.Issuer issuer, KeyDocuments documents, LongSupplier nanoTime, Executor background) {
        this.issuer = issuer;
        this.documents = documents;
        this.nanoTime = nanoTime;
        this.background = background;
    }

    /**
     * Those that match; none when the issuer has no such key, as far as he could be asked. May wait for him.
     *
     * @throws UnavailableException when no key of the issuer is known
     */
    List<JWK> matching(JWKMatcher wanted) throws UnavailableException {
        var selector = new JWKSelector(wanted);
        var before = known;
        if (before != null && age(before).compareTo(OUTAGE) < 0) {
            var found = selector.select(before.keys());
            if (!found.isEmpty()) {
                if (age(before).compareTo(REFRESH_AFTER) > 0) {
                    background.execute(this::refresh);
                }
                return found;
            }
        }
        refresh();
        var now = known;
        if (now == null || age(now).compareTo(OUTAGE) >= 0) {
            throw new UnavailableException();
        }
        return selector.select(now.keys());
    }

    private Duration age(Known keys) {
        return Duration.ofNanos(nanoTime.getAsLong() - keys.fetched());
    }

    /** Waits for a fetch that is under way, and does nothing within the interval after one has begun. */
    private void refresh() {
        fetching.lock();
        try {
            var now = nanoTime.getAsLong();
            if (asked != null && now - asked < issuer.keysInterval().toNanos()) {
                return;
            }
            asked = now;
            known = new Known(JWKSet.parse(documents.fetch(issuer, address())), now);
        } catch (IOException | ParseException e) {
            LOG.warn(
                    "The keys of issuer {} cannot be had: {}; those that are known are used for {} h at most",
                    issuer.issuer(),
                    e.getMessage(),
                    OUTAGE.toHours());
        } finally {
            fetching.unlock();
        }
    }

    private URI address() throws IOException {
        return issuer.keys().isPresent()
                ? issuer.keys().get()
                : IssuerDocument.fetch(issuer, documents).keys();
    }
}
