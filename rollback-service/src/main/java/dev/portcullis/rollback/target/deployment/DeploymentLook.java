package dev.portcullis.rollback.target.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.plan.Sighting;
import dev.portcullis.rollback.workload.Pin;
import dev.portcullis.rollback.workload.Revision;

/**
 * A Deployment beside what it should be.
 *
 * @param what for people: "deployment shop/checkout"
 * @param wanted the revision to return to
 */
record DeploymentLook(String what, DeploymentState now, Revision wanted, Pin pin) {
    JsonNode object() {
        return now.object();
    }

    boolean hasWantedTemplate() {
        return now.template().equals(wanted.template());
    }

    /** Whether its template is neither the wanted one nor the one it had when the rollback was prepared. */
    boolean hasMovedOn() {
        return !hasWantedTemplate() && !now.template().fingerprint().equals(pin.left());
    }

    boolean isRestored() {
        return hasWantedTemplate() && now.isComplete();
    }

    Sighting sighting() {
        if (hasMovedOn()) {
            return new Sighting.OutOfReach(text());
        }
        return isRestored() ? new Sighting.Restored(text()) : new Sighting.NotRestored(text());
    }

    String text() {
        if (hasMovedOn()) {
            return what + " has a pod template that came after the rollback to " + wanted
                    + " was prepared; prepare a new one if that is to be left as well";
        }
        if (!hasWantedTemplate()) {
            return what + " does not have the pod template of " + wanted + stuck();
        }
        if (isRestored() && now.wanted() == 0) {
            return what + " has the pod template of " + wanted + " and is scaled to 0: there are no pods";
        }
        return what + " has the pod template of " + wanted + ", " + pods() + stuck();
    }

    private String pods() {
        if (!now.isObserved()) {
            return "which its controller has not taken up yet";
        }
        return now.updated() + " of " + now.wanted() + " pods with it, " + (now.pods() - now.updated()) + " others, "
                + now.available() + " available" + (now.isPaused() && !isRestored() ? "; it is paused" : "");
    }

    private String stuck() {
        return now.stuck().map(text -> "; " + text).orElse("");
    }
}
