package dev.portcullis.gate.rule.webhook;

import dev.portcullis.gate.feed.RecentlyUsed;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The latest answers of webhooks, in the memory of a replica. Whoever wants to know one has it at once, and it is asked for behind him when it is no longer new. Thread-safe, never
 * blocks.
 */
public final class WebhookMemory {
    /** The oldest answer that anything is decided by: what nobody asks about is looked at every half minute, and has to find the answer of the look before. */
    public static final Duration GOOD_FOR = Duration.ofMinutes(1);

    private static final Duration NEW_FOR = Duration.ofSeconds(5);
    private static final int MOST = 1_000;

    private final Webhooks webhooks;
    private final Executor background;
    private final LongSupplier nanos;
    private final Map<String, Known> answers = new RecentlyUsed<>(MOST, (subject, known) -> {});
    private final Set<String> asking = new HashSet<>();

    /**
     * An empty one.
     *
     * @param background a thread per task
     * @param nanos a clock that only goes forward, as {@link System#nanoTime}
     */
    public WebhookMemory(Webhooks webhooks, Executor background, LongSupplier nanos) {
        this.webhooks = webhooks;
        this.background = background;
        this.nanos = nanos;
    }

    private record Known(WebhookAnswer answer, long at) {}

    /**
     * The latest answer about a subject.
     *
     * @param subject what the question is about; later questions about it may have other inputs
     */
    WebhookAnswer of(String subject, WebhookQuestion question) {
        synchronized (answers) {
            if (latest(subject, NEW_FOR).isEmpty() && asking.add(subject)) {
                background.execute(() -> ask(subject, question));
            }
            return latest(subject, GOOD_FOR)
                    .orElseGet(() -> new WebhookAnswer.Unavailable("it has been asked, and has not answered yet"));
        }
    }

    private Optional<WebhookAnswer> latest(String subject, Duration noOlderThan) {
        return Optional.ofNullable(answers.get(subject))
                .filter(known -> nanos.getAsLong() - known.at() <= noOlderThan.toNanos())
                .map(Known::answer);
    }

    private void ask(String subject, WebhookQuestion question) {
        WebhookAnswer answer = new WebhookAnswer.Unavailable("asking it failed");
        try {
            answer = webhooks.ask(question);
        } finally {
            synchronized (answers) {
                answers.put(subject, new Known(answer, nanos.getAsLong()));
                asking.remove(subject);
            }
        }
    }
}
