package dev.portcullis.benchmarks.bare;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Answers a decision that nobody made, on a virtual thread like the gate. Thread-safe. */
@Controller(BareEndpoint.PATH)
final class BareController {
    private static final String ANSWER = """
            {"decision":"HOLD","verdict":"CONTINUE","measuring":"MEASURING","reasons":["NOT_ENOUGH_EVIDENCE"],\
            "explanation":"Nothing is shown yet: the evidence against the canary is 1.7 : 1 and must reach 100 : 1, \
            the evidence for it is 6.2 : 1 and must reach 20 : 1.",\
            "release":"services/checkout/releases/0198f0a2-7c4e-7d11-9a53-6f2d1c8b4e70",\
            "decisionId":"0198f0a2-8d5f-7e22-8b64-7a3e2d9c5f81",\
            "successRate":{"canary":0.9998,"baseline":0.9998},"burnRate":{"canary":0.2,"baseline":0.2},\
            "eValues":{"fail":1.7,"pass":6.2,"failThreshold":100.0,"passThreshold":20.0},\
            "traceId":"4bf92f3577b34da6a3ce929d0e0e4736"}""";

    @Get
    @ExecuteOn(TaskExecutors.BLOCKING)
    String answer() {
        return ANSWER;
    }
}
