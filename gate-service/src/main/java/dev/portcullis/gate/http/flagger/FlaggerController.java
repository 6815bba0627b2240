package dev.portcullis.gate.http.flagger;

import dev.portcullis.gate.flagger.FlaggerHook;
import dev.portcullis.gate.flagger.HookAnswer;
import dev.portcullis.gate.http.JsonResponse;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.usecase.AnswerHook;
import dev.portcullis.gate.usecase.HearEvents;
import dev.portcullis.kit.http.RequestArrival;
import dev.portcullis.kit.http.TooManyCalls;
import dev.portcullis.kit.text.PlainText;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/**
 * What Flagger's webhooks call. 200 lets Flagger go on and 403 stops it where it stands; Flagger takes every status above 202 for a refusal, shows the body of a
 * 4xx in an event of at most 1,024 characters, and repeats nothing but a 429 or 5xx, which only a report that could not be kept is answered with. Thread-safe.
 */
@Controller("/v1/flagger")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class FlaggerController {
    /** In bytes, and so in characters at most: Flagger puts words of its own before it. */
    private static final int LONGEST_TEXT = 790;

    private static final byte[] NOTHING = new byte[0];

    private final AnswerHook answerHook;
    private final HearEvents hearEvents;
    private final Clock clock;

    FlaggerController(AnswerHook answerHook, HearEvents hearEvents, Clock clock) {
        this.answerHook = answerHook;
        this.hearEvents = hearEvents;
        this.clock = clock;
    }

    @Post("/{type}")
    @Consumes(MediaType.ALL)
    HttpResponse<?> post(@PathVariable String type, HttpRequest<byte[]> request) {
        var hook = FlaggerHook.ofType(type);
        if (hook.isEmpty()) {
            return JsonResponse.refusal(
                    HttpStatus.NOT_FOUND, "hook", "is none; legal: " + String.join(", ", FlaggerHook.types()));
        }
        if (TooManyCalls.isOneOf(request)) {
            return unasked(hook.get());
        }
        try {
            return answered(hook.get(), request);
        } catch (InvalidFieldException e) {
            throw e;
        } catch (RuntimeException | java.lang.Error e) {
            return response(answerHook.unread(hook.get(), e));
        }
    }

    /** Flagger sends an event once; a report is sent again after a 503. */
    private HttpResponse<?> unasked(FlaggerHook hook) {
        return hook == FlaggerHook.EVENT ? text(HttpStatus.ACCEPTED, "") : response(answerHook.unasked(hook));
    }

    private HttpResponse<?> answered(FlaggerHook hook, HttpRequest<byte[]> request) {
        var received = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var call = HookBody.read(hook, request.getBody().orElse(NOTHING), received);
        if (call.hook() == FlaggerHook.EVENT) {
            hearEvents.hear(call);
            return text(HttpStatus.ACCEPTED, "");
        }
        return response(answerHook.answer(call, RequestArrival.nanoTime(request)));
    }

    private static HttpResponse<String> response(HookAnswer answer) {
        var text = PlainText.line(answer.text(), LONGEST_TEXT);
        return switch (answer.kind()) {
            case GO -> text(HttpStatus.OK, text);
            case HOLD -> text(HttpStatus.FORBIDDEN, text);
            case RETRY -> text(HttpStatus.SERVICE_UNAVAILABLE, text);
        };
    }

    private static HttpResponse<String> text(HttpStatus status, String text) {
        return HttpResponse.<String>status(status).body(text).contentType(MediaType.TEXT_PLAIN_TYPE);
    }
}
