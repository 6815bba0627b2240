package dev.portcullis.kit.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body of an answer as text, up to a number of bytes: a longer one ends in {@link TooLargeException}. Used for one answer. */
final class LimitedText implements BodySubscriber<String> {
    /** The answer is too large. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(String message) {
            super(message);
        }
    }

    private final BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);
    private final long mostBytes;
    private Flow.@Nullable Subscription subscription;
    private long bytes;

    private LimitedText(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    static BodyHandler<String> upTo(long mostBytes) {
        return head -> new LimitedText(mostBytes);
    }

    @Override
    public CompletionStage<String> getBody() {
        return text.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        text.onSubscribe(begun);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        bytes += parts.stream().mapToLong(ByteBuffer::remaining).sum();
        if (bytes <= mostBytes) {
            text.onNext(parts);
        } else if (subscription != null) {
            subscription.cancel();
            text.onError(new TooLargeException("the answer is larger than " + (mostBytes >> 20) + " MiB"));
        }
    }

    @Override
    public void onError(Throwable fault) {
        text.onError(fault);
    }

    @Override
    public void onComplete() {
        text.onComplete();
    }
}
