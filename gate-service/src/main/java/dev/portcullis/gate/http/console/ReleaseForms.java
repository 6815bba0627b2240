package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.console.release.AgainstFailView;
import dev.portcullis.gate.console.release.ReleaseAction.Verb;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.hold.HoldEndedException;
import dev.portcullis.gate.hold.HoldNotFoundException;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.hold.PromotionHolds;
import dev.portcullis.gate.hold.TooManyHoldsException;
import dev.portcullis.gate.release.ApprovalNotFoundException;
import dev.portcullis.gate.release.DecisionNotFoundException;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.NotPromotableException;
import dev.portcullis.gate.release.NotRetriableException;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseEndedException;
import dev.portcullis.gate.release.ReleaseFailedException;
import dev.portcullis.gate.release.SecondPersonMissingException;
import dev.portcullis.gate.release.SelfApprovalException;
import dev.portcullis.gate.usecase.ApproveRelease;
import dev.portcullis.gate.usecase.ChangeHolds;
import dev.portcullis.gate.usecase.DecideByHand;
import dev.portcullis.gate.usecase.ReadReleases;
import dev.portcullis.gate.usecase.RetryRelease;
import dev.portcullis.gate.usecase.WithdrawApproval;
import dev.portcullis.kit.http.RequestCaller;
import dev.portcullis.kit.identity.Caller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalLong;

/** Does what the forms of a release's page say. Who may was checked before. Thread-safe. */
@Singleton
final class ReleaseForms {
    private static final int HOLDS = 200;
    private static final Refusal OUT_OF_DATE = new Refusal(
            HttpStatus.FORBIDDEN,
            "Nothing was done: the page that the form was on is out of date. Look at it as it is now, and send the form again.");

    private final ReadReleases readReleases;
    private final DecideByHand decideByHand;
    private final ApproveRelease approveRelease;
    private final WithdrawApproval withdrawApproval;
    private final RetryRelease retryRelease;
    private final ChangeHolds changeHolds;
    private final PromotionHolds holds;
    private final FormTokens tokens;

    ReleaseForms(
            ReadReleases readReleases,
            DecideByHand decideByHand,
            ApproveRelease approveRelease,
            WithdrawApproval withdrawApproval,
            RetryRelease retryRelease,
            ChangeHolds changeHolds,
            PromotionHolds holds,
            FormTokens tokens) {
        this.readReleases = readReleases;
        this.decideByHand = decideByHand;
        this.approveRelease = approveRelease;
        this.withdrawApproval = withdrawApproval;
        this.retryRelease = retryRelease;
        this.changeHolds = changeHolds;
        this.holds = holds;
        this.tokens = tokens;
    }

    /** Why a form was not done. */
    record Refusal(HttpStatus status, String text) {}

    /** What comes of the first of two clicks. */
    sealed interface Prepared {
        /** Nothing was done, nor can be. */
        record Refused(Refusal why) implements Prepared {}

        /** What the second click would come to. */
        record Shown(AgainstFailView view) implements Prepared {}
    }

    /** What a promotion against a FAIL would come to; changes nothing. */
    Prepared prepareAgainstFail(String name, HttpRequest<byte[]> request) {
        var fields = FormFields.of(request);
        if (!tokens.isOf(request, fields.get("token"))) {
            return new Prepared.Refused(OUT_OF_DATE);
        }
        var reason = fields.text("reason");
        var release = readReleases.get(name);
        var failed = release.latest().filter(latest -> release.promotableAgainstFail());
        if (failed.isEmpty()) {
            return new Prepared.Refused(conflict(ended(release)));
        }
        return release.approvedBeside(RequestCaller.of(request))
                .<Prepared>map(second -> new Prepared.Shown(AgainstFailView.of(release, failed.get(), second, reason)))
                .orElseGet(
                        () -> new Prepared.Refused(
                                conflict(
                                        "Nothing was done: no other person has approved this FAIL, or the one who had has withdrawn it.")));
    }

    /** Empty when it is done. */
    Optional<Refusal> act(String name, String word, HttpRequest<byte[]> request) {
        var verb = Verb.of(word)
                .orElseThrow(
                        () -> new InvalidFieldException(
                                "path",
                                "ends with no action; legal: promote, against-fail, hold, resume, approve, withdraw, abort, retry"));
        var fields = FormFields.of(request);
        if (!tokens.isOf(request, fields.get("token"))) {
            return Optional.of(OUT_OF_DATE);
        }
        try {
            act(name, verb, fields, RequestCaller.of(request));
            return Optional.empty();
        } catch (ReleaseEndedException e) {
            return Optional.of(conflict(ended(readReleases.get(name))));
        } catch (ReleaseFailedException e) {
            return Optional.of(conflict("Nothing was done: " + e.getMessage() + "; docs/by-hand.md says how."));
        } catch (HoldEndedException
                | HoldNotFoundException
                | TooManyHoldsException
                | NotRetriableException
                | DecisionNotFoundException
                | SelfApprovalException
                | ApprovalNotFoundException
                | SecondPersonMissingException
                | NotPromotableException e) {
            return Optional.of(conflict("Nothing was done: " + e.getMessage() + "."));
        }
    }

    private void act(String name, Verb verb, FormFields fields, Caller caller) {
        var reason = fields.text("reason");
        switch (verb) {
            case PROMOTE -> decideByHand.promote(name, caller.name(), reason);
            case ABORT -> decideByHand.abort(name, caller.name(), reason);
            case APPROVE -> approveRelease.approve(name, fields.get("decision"), caller, reason);
            case WITHDRAW -> withdrawApproval.withdraw(name, caller, reason);
            case AGAINST_FAIL -> {
                refuseOther(readReleases.get(name), fields.get("decision"));
                decideByHand.promoteAgainstFail(name, caller, reason);
            }
            case RETRY -> retryRelease.retry(name, caller.name(), reason);
            case HOLD -> {
                var release = readReleases.get(name);
                changeHolds.release(release.key().service(), release.id(), Optional.empty(), caller.name(), reason);
            }
            case RESUME -> resume(readReleases.get(name), caller, reason);
        }
    }

    /** What was seen is what is overridden, and nothing else. */
    private static void refuseOther(Release release, String seen) {
        var failed = release.latest()
                .filter(latest -> release.promotableAgainstFail())
                .map(latest -> release.name() + "/decisions/" + latest.id());
        if (failed.isEmpty()) {
            throw new ReleaseEndedException(release.name(), release.state());
        }
        if (!failed.get().equals(seen)) {
            throw new InvalidFieldException("decision", "is not the latest of this release, so nothing was done");
        }
    }

    private void resume(Release release, Caller caller, String reason) {
        var active = holds.list(Optional.of(release.key().service()), false, OptionalLong.empty(), HOLDS).stream()
                .filter(hold -> hold.release().filter(release.id()::equals).isPresent())
                .map(PromotionHold::id)
                .toList();
        if (active.isEmpty()) {
            throw new InvalidFieldException("release", "is held by nobody any more, so nothing was done");
        }
        active.forEach(id -> changeHolds.end(id, caller.name(), reason));
    }

    /** Whoever comes second hears of the first. */
    private static String ended(Release release) {
        var by = release.latest()
                .flatMap(decision -> decision.origin()
                        .filter(origin -> !origin.actor().equals(Origin.GATE))
                        .map(origin -> " by " + origin.actor() + ", who said: " + origin.comment()))
                .orElse("");
        return "Nothing was done: when your form arrived, this release had ended as " + release.state() + by + ".";
    }

    private static Refusal conflict(String text) {
        return new Refusal(HttpStatus.CONFLICT, text);
    }

    /** The page after it is done: of a retry that of the new run. */
    String after(String name, String word) {
        var release = readReleases.get(name);
        var shown = Verb.of(word).filter(Verb.RETRY::equals).isPresent() ? readReleases.latestRun(release) : release;
        return ConsolePath.of(shown) + "?done=" + word;
    }

    /** What was done, for the page that follows. */
    static String done(Verb verb) {
        return switch (verb) {
            case PROMOTE -> "You promoted this release.";
            case HOLD -> "You hold this release: nothing promotes it until somebody resumes it.";
            case RESUME -> "You resumed this release: it is judged anew at once.";
            case APPROVE -> "Your approval is on record, and the release is judged anew at once.";
            case WITHDRAW -> "You withdrew your approval, and the release is judged anew at once.";
            case AGAINST_FAIL -> "You promoted this release against its FAIL.";
            case ABORT -> "You aborted this release.";
            case RETRY -> "This is the new run, which you opened.";
        };
    }
}
