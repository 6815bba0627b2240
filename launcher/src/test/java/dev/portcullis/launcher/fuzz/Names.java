package dev.portcullis.launcher.fuzz;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Names that a request may have: some that everybody knows, those of things that answers have told of, and hostile ones. Thread-safe. */
final class Names {
    private static final List<String> KNOWN = List.of(
            "checkout",
            "basket",
            "c1",
            "s1",
            "shop",
            "canary-1",
            "pre-deploy",
            "post-deploy",
            "portcullis",
            "ann",
            "json",
            "csv",
            "2026-01-01",
            "2026-11-30T10:00:00Z",
            "0",
            "1",
            "x/001",
            "0/000",
            "entries/000.p/7",
            "rollout",
            "confirm-rollout",
            "event",
            "liveness",
            "8d2f0c4e-6a51-4d0e-9c43-0f2b8a7e5d11",
            "analyses/8d2f0c4e-6a51-4d0e-9c43-0f2b8a7e5d11",
            "rollbacks/8d2f0c4e-6a51-4d0e-9c43-0f2b8a7e5d11",
            "services/checkout/releases/8d2f0c4e-6a51-4d0e-9c43-0f2b8a7e5d11");

    private static final Pattern NAME = Pattern.compile(
            "(services/[a-z]+/releases/[0-9a-f-]{36}(/decisions/[0-9]+)?|(analyses|rollbacks)/[0-9a-f-]{36}|\"(evaluation|canaryExecutionId)\":\"[^\"]+)");
    private static final int MOST = 200;

    private final Set<String> heard = ConcurrentHashMap.newKeySet();
    private final List<String> learned = new CopyOnWriteArrayList<>();

    /** Takes the names out of an answer. */
    void learn(String answer) {
        if (learned.size() < MOST) {
            NAME.matcher(answer)
                    .results()
                    .map(match -> match.group().replaceAll("^\"[a-zA-Z]+\":\"", ""))
                    .filter(heard::add)
                    .forEach(learned::add);
        }
    }

    /** One of all, and once in a while a hostile one. */
    String draw(Draw draw) {
        if (draw.oneIn(5)) {
            return draw.oneIn(20) ? draw.snagText().repeat(draw.number(400)) : draw.of(KNOWN) + draw.snagText();
        }
        return !learned.isEmpty() && draw.oneIn(2) ? draw.of(learned) : draw.of(KNOWN);
    }

    /**
     * The name of a service, which is seldom one with a policy: each release of one that is opened is measured for the rest of the run.
     */
    String service(Draw draw) {
        return draw.oneIn(10) ? "checkout" : draw.oneIn(4) ? draw.snagText() : "nowhere";
    }
}
