package dev.portcullis.benchmarks.load;

import java.util.OptionalLong;

/** Whoever has an answer asks again at once; measured is what was asked and answered in the measured time. */
record AskAgain(Phases phases) implements Schedule {
    @Override
    public OptionalLong next() {
        var now = System.nanoTime();
        return phases.isOver(now) ? OptionalLong.empty() : OptionalLong.of(now);
    }

    @Override
    public boolean counts(long asked, long answered) {
        return !phases.isWarmUp(asked) && !phases.isOver(answered);
    }
}
