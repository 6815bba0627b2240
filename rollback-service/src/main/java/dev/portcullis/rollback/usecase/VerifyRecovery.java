package dev.portcullis.rollback.usecase;

import dev.portcullis.kit.text.DurationText;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Recovery.WithoutProof;
import dev.portcullis.rollback.plan.Step;
import dev.portcullis.rollback.plan.StepKind;
import dev.portcullis.rollback.plan.StepState;
import dev.portcullis.rollback.recovery.RecoveryAnalyses;
import dev.portcullis.rollback.recovery.RecoveryQuestion;
import dev.portcullis.rollback.recovery.RecoveryResult;
import dev.portcullis.rollback.recovery.RecoveryResult.Inconclusive;
import dev.portcullis.rollback.recovery.RecoveryResult.Measuring;
import dev.portcullis.rollback.recovery.RecoveryResult.NotRecovered;
import dev.portcullis.rollback.recovery.RecoveryResult.Recovered;
import dev.portcullis.rollback.recovery.RecoveryResult.Unavailable;
import dev.portcullis.rollback.usecase.FinalCheck.MovedOn;
import dev.portcullis.rollback.usecase.FinalCheck.Superseded;
import dev.portcullis.rollback.usecase.FinalCheck.TakenBack;
import dev.portcullis.rollback.usecase.FinalCheck.Unchanged;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The step that has analysis-service prove that users recovered. A proof to the contrary begins a new round while there is time: old
 * requests may still be failing, and caches may be cold. At the end the targets are looked at once more: see {@link FinalCheck}.
 */
record VerifyRecovery(Journal journal, RecoveryAnalyses analyses, TargetRegistry targets) {
    private static final Duration EVERY = Duration.ofSeconds(1);

    RunResult attempt(Rollback rollback) {
        var downtime = new Downtime(rollback, journal.now(), EVERY);
        var step = begun(rollback.currentStep());
        var recovery = rollback.plan().recovery();
        if (rollback.origin().mode() == Mode.DRY_RUN) {
            return succeeded(rollback, step, "a rehearsal: nothing was changed and recovery was not looked at");
        }
        if (!recovery.check()) {
            return settled(rollback, step, "recovery was not looked at, as the policy says");
        }
        var question = question(rollback, step);
        var result = analyses.ask(question);
        var over = !journal.now().isBefore(limit(rollback));
        if (over && result instanceof Unavailable && mayAskOn(step, downtime)) {
            return later(rollback, step.watched(downtime.worked(journal.now())), unavailable(result));
        }
        if (over && !(result instanceof Recovered)) {
            analyses.end(question, "the time for the proof of recovery of " + rollback.name() + " is over");
        }
        return next(rollback, step, result, over);
    }

    /** The time may have ended while this service was down, and the proof have been found before that: an answer is waited for. */
    private static boolean mayAskOn(Step step, Downtime downtime) {
        var wasDown = step.looks().time().isPositive() || downtime.isOver();
        return wasDown && Downtime.allows(step.looks(), Duration.ZERO);
    }

    private static String unavailable(RecoveryResult result) {
        return "recovery cannot be looked at: " + result.text();
    }

    private RunResult next(Rollback rollback, Step step, RecoveryResult result, boolean over) {
        var looked = step.looked(result.text());
        var text = result.text();
        return switch (result) {
            case Recovered recovered -> settled(rollback, looked, "users recovered: " + text);
            case Inconclusive none -> withoutProof(rollback, looked, text);
            case NotRecovered not ->
                over
                        ? notRecovered(rollback, looked, text)
                        : later(rollback, looked.nextRound(text), "not recovered yet: " + text);
            case Measuring measuring -> waited(rollback, looked, "waiting for the proof of recovery: " + text, over);
            case Unavailable unavailable -> waited(rollback, looked, unavailable(result), over);
        };
    }

    private RunResult waited(Rollback rollback, Step step, String what, boolean over) {
        return over ? withoutProof(rollback, step, what) : later(rollback, step, what);
    }

    private Step begun(Step step) {
        return step.state() == StepState.PENDING ? step.begun(journal.now()) : step;
    }

    /** The same in every replica and after every restart. */
    static RecoveryQuestion question(Rollback rollback, Step step) {
        var name = rollback.id() + "/verify/" + step.round();
        var id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        var order = rollback.order();
        return new RecoveryQuestion(
                id,
                order.service(),
                rollback.restoredRevision(),
                rollback.plan().recovery().within());
    }

    private static Instant limit(Rollback rollback) {
        var last = rollback.step(rollback.plan().stages().size() - 1, StepKind.CONFIRM);
        return rollback.status()
                .trafficBackTime()
                .or(last::endTime)
                .orElseThrow()
                .plus(rollback.plan().recovery().within());
    }

    private RunResult later(Rollback rollback, Step step, String detail) {
        var next = journal.write(rollback, step, RollbackState.VERIFYING, detail);
        return RunResult.again(next, next.status().updateTime().plus(EVERY));
    }

    /** A success, if the targets are still where they were put, or left it for a newer release. */
    private RunResult settled(Rollback rollback, Step step, String why) {
        return switch (check().at(rollback)) {
            case Unchanged unchanged -> succeeded(rollback, step, why);
            case Superseded by -> succeeded(rollback, step, DetailText.sentence(why) + "Superseded since " + by.text());
            case MovedOn on -> succeeded(rollback, step, DetailText.sentence(why) + "Seen at last: " + on.text());
            case TakenBack back -> {
                var detail = "the rollback was taken back by somebody after it was done: " + back.text();
                var given = step.givenUp(back.text(), journal.now());
                yield RunResult.ended(journal.write(rollback, given, RollbackState.NEEDS_HUMAN, detail));
            }
        };
    }

    private FinalCheck check() {
        return new FinalCheck(journal, analyses, targets);
    }

    private RunResult succeeded(Rollback rollback, Step step, String why) {
        var done = step.done(why, journal.now());
        var detail = DetailText.sentence(why) + DetailText.trafficBack(rollback) + DetailText.without(rollback);
        return RunResult.ended(journal.write(rollback, done, RollbackState.SUCCEEDED, detail.strip()));
    }

    /** Where a round has proved the contrary, a later one that was cut short is no reason to hope, and nothing to accept. */
    private RunResult withoutProof(Rollback rollback, Step step, String why) {
        if (step.round() > 0) {
            return notRecovered(rollback, step, step.seenBefore() + "; at last: " + why);
        }
        if (rollback.plan().recovery().withoutProof() == WithoutProof.ACCEPT) {
            return settled(rollback, step, "recovery was not proved, which the policy accepts: " + why);
        }
        if (check().at(rollback) instanceof Superseded by) {
            // The users of the restored revision are another's by now: there is nothing left to be measured.
            return succeeded(
                    rollback,
                    step,
                    "superseded " + by.text() + ". Until then it was not shown whether users had recovered: " + why);
        }
        return needsHuman(rollback, step, "it could not be proved that users recovered: " + why);
    }

    private RunResult notRecovered(Rollback rollback, Step step, String why) {
        return needsHuman(
                rollback,
                step,
                "users did not recover: " + why
                        + (why.endsWith(".") ? "" : ".")
                        + " The release may not have been the cause: look at what else changed");
    }

    private RunResult needsHuman(Rollback rollback, Step step, String why) {
        var detail = DetailText.sentence(why) + "Within "
                + DurationText.compact(rollback.plan().recovery().within()) + " after the traffic was back on "
                + rollback.restoredRevision() + ". " + DetailText.trafficBack(rollback)
                + "Next: " + NextCall.errorBudget(rollback.order().service());
        return RunResult.ended(
                journal.write(rollback, step.givenUp(why, journal.now()), RollbackState.NEEDS_HUMAN, detail));
    }
}
