package dev.portcullis.kit.http;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as text, up to a number of bytes: a longer one ends in {@link TooLargeException}, one that breaks off before its head says it should in
 * {@link CutOffException}. Used for one exchange.
 */
final class LimitedText implements BodyHandler<String> {
    /** The answer is too large. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(String message) {
            super(message);
        }
    }

    /** The answer broke off. Only its framing tells: an answer that ends with its connection is whole wherever that is. */
    static final class CutOffException extends IOException {
        private static final long serialVersionUID = 1L;

        CutOffException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final long mostBytes;
    private volatile @Nullable Body body;

    LimitedText(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public BodySubscriber<String> apply(ResponseInfo answer) {
        var begun = new Body(mostBytes, answer.headers());
        body = begun;
        return begun;
    }

    /** The fault an exchange ended with, which is that the answer was cut off once there was one. */
    IOException meaning(IOException fault) {
        var begun = body;
        return begun == null
                        || fault instanceof TooLargeException
                        || fault instanceof SSLException
                        || fault instanceof HttpTimeoutException
                ? fault
                : new CutOffException(begun.cutOff(), fault);
    }

    private static final class Body implements BodySubscriber<String> {
        private final BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);
        private final long mostBytes;
        private final HttpHeaders head;
        private final AtomicLong bytes = new AtomicLong();
        private Flow.@Nullable Subscription subscription;

        Body(long mostBytes, HttpHeaders head) {
            this.mostBytes = mostBytes;
            this.head = head;
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
            var more = parts.stream().mapToLong(ByteBuffer::remaining).sum();
            if (bytes.addAndGet(more) <= mostBytes) {
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

        private String cutOff() {
            var announced = head.firstValueAsLong("Content-Length");
            if (announced.isPresent()) {
                return "the answer was cut off after " + bytes + " of its " + announced.getAsLong() + " bytes";
            }
            var chunked = head.firstValue("Transfer-Encoding").isPresent();
            return "the answer was cut off after " + bytes + " bytes" + (chunked ? ": its last chunk is missing" : "");
        }
    }
}
