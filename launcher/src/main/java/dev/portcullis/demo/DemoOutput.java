package dev.portcullis.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The demo told line by line: every change at once, and how the evidence grows every few seconds. Thread-safe. */
final class DemoOutput {
    private static final Duration SAY_AGAIN_AFTER = Duration.ofSeconds(5);
    private static final String INDENT = " ".repeat(7);

    private final PrintStream out;
    private final DemoTime time;
    private final List<String> waiting = new ArrayList<>();
    private String lastSubject = "";
    private GateReply.Decision lastDecision = GateReply.Decision.HOLD;
    private String lastKind = "";
    private Duration lastSaid = Duration.ZERO;

    DemoOutput(PrintStream out, DemoTime time) {
        this.out = out;
        this.time = time;
    }

    /** Tells something that happened. */
    synchronized void line(String text) {
        out.println(DemoFormat.clock(time.elapsed()) + "  " + text);
        out.flush();
    }

    /** Tells what the gate had done on its ABORT: after that, although it does not wait for anybody to hear of the ABORT. */
    synchronized void rollback(String text) {
        waiting.add(text);
        if (lastDecision == GateReply.Decision.ABORT) {
            tellWaiting();
        }
    }

    private void tellWaiting() {
        waiting.forEach(this::line);
        waiting.clear();
    }

    /** Tells how it ended: a line without a time. */
    synchronized void end(String text) {
        tellWaiting();
        out.println(text);
        out.flush();
    }

    /** Tells what the gate said, when it is new or was not said for a while; why, when the decision is new. */
    synchronized void reply(String canary, double weight, GateReply reply) {
        lastDecision = reply.decision();
        tell(canary, weight, reply);
        if (lastDecision == GateReply.Decision.ABORT) {
            tellWaiting();
        }
    }

    private void tell(String canary, double weight, GateReply reply) {
        var answered = reply instanceof GateReply.Answer;
        var subject = canary + " " + weight + " " + reply.decision() + " " + answered;
        var kind = kind(reply);
        var isNew = !subject.equals(lastSubject);
        var isDue = time.elapsed().minus(lastSaid).compareTo(SAY_AGAIN_AFTER) >= 0;
        if (!isNew && !isDue) {
            return;
        }
        line(String.format(
                Locale.ROOT,
                "canary %s at %s: %-7s  %s",
                canary,
                DemoFormat.percent(weight),
                reply.decision(),
                reply.basis()));
        if (!kind.equals(lastKind)) {
            out.println(INDENT + reply.why());
        }
        lastSubject = subject;
        lastKind = kind;
        lastSaid = time.elapsed();
    }

    /** What makes a reply worth another explanation. */
    private static String kind(GateReply reply) {
        return switch (reply) {
            case GateReply.Answer answer -> answer.decision() + " " + answer.reasons();
            case GateReply.NoAnswer none -> none.fault();
        };
    }
}
