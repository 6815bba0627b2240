package dev.portcullis.launcher.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Steps in each of which something is drawn and done. What a step draws depends on the seed and its number alone, not on what was timed before. Used by one thread. */
final class Steps {
    /** What a first start makes in the data folder, one after the other. */
    private static final List<String> STAGES = List.of(
            "portcullis.lock",
            "postgres-programs/begun",
            "postgres.begun",
            "postgres.begun/global/pg_control",
            "postgres",
            "postgres/postmaster.pid",
            "postgres.initialized");

    private final long seed;
    private final SplittableRandom seeds;
    private final long end;
    private RandomGenerator random = new SplittableRandom(0);
    private int number;

    /** @param length for which there are more steps */
    Steps(long seed, Duration length) {
        this.seed = seed;
        this.seeds = new SplittableRandom(seed);
        this.end = System.nanoTime() + length.toNanos();
    }

    /** Begins the next step unless the time is over. */
    boolean goOn() {
        if (System.nanoTime() > end) {
            return false;
        }
        random = new SplittableRandom(seeds.nextLong());
        number++;
        return true;
    }

    /** One fault, or two one after the other, for some seconds. */
    void strike(List<InjectedFault> kinds, Consumer<RandomGenerator> meanwhile) throws Exception {
        var begun = new ArrayList<InjectedFault>();
        try {
            for (var fault : draw(kinds)) {
                begun.add(fault);
                tell(fault.name() + " " + fault.begin().with(random));
                pause();
            }
            meanwhile.accept(random);
            pause();
        } finally {
            for (var fault : begun) {
                fault.end().run();
            }
        }
    }

    private List<InjectedFault> draw(List<InjectedFault> kinds) {
        var first = kinds.get(random.nextInt(kinds.size()));
        var second = kinds.get(random.nextInt(kinds.size()));
        return first.place() == second.place() ? List.of(first) : List.of(first, second);
    }

    /** Up to four starts that are ended on their way, each on a disk of some size. */
    void interruptStarts(Supervisor supervisor) throws Exception {
        for (int left = random.nextInt(1, 5); left > 0; left--) {
            var bytes = random.nextBoolean() ? "unlimited" : String.valueOf(random.nextInt(20_000_000));
            var stages = STAGES.subList(random.nextInt(STAGES.size()), STAGES.size());
            var killed = random.nextBoolean();
            tell("a start is " + (killed ? "killed" : "terminated") + " after it has made " + stages.getFirst()
                    + ", no file can grow beyond " + bytes);
            supervisor.limitFiles(bytes);
            supervisor.awaitOneOf(stages);
            pause(0, 2_000);
            if (killed) {
                supervisor.killAndStart();
            } else {
                supervisor.terminateAndStart();
            }
        }
    }

    /** For 0.2 to 3 seconds. */
    void pause() {
        pause(200, 3_000);
    }

    private void pause(int leastMillis, int mostMillis) {
        var until = System.nanoTime()
                + Duration.ofMillis(random.nextInt(leastMillis, mostMillis)).toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private void tell(String what) {
        System.out.println(this + ": " + what);
    }

    @Override
    public String toString() {
        return "seed " + seed + ", step " + number;
    }
}
