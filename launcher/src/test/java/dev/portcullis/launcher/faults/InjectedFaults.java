package dev.portcullis.launcher.faults;

import dev.portcullis.kit.testing.DatabaseProxy;
import dev.portcullis.launcher.faults.InjectedFault.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The kinds of faults that are injected. */
final class InjectedFaults {
    /** Disk full, memory, statement cancelled, serialization, rights, read-only, data corrupted. */
    private static final String[] REFUSALS = {"53100", "53200", "57014", "40001", "42501", "25006", "XX001"};
    /** From nothing at all to less than a file of PostgreSQL's log. */
    private static final String[] FULL = {"0", "8192", "1000000", "8000000", "16000000"};

    private InjectedFaults() {}

    static InjectedFault killed(Supervisor supervisor) {
        return new InjectedFault(
                "the process is killed",
                Place.PROCESS,
                random -> {
                    supervisor.killAndStart();
                    return "";
                },
                () -> {});
    }

    static InjectedFault terminated(Supervisor supervisor) {
        return new InjectedFault(
                "the process is terminated",
                Place.PROCESS,
                random -> {
                    supervisor.terminateAndStart();
                    return "";
                },
                () -> {});
    }

    static InjectedFault stopped(Supervisor supervisor) {
        return new InjectedFault(
                "the process is stopped",
                Place.PROCESS,
                random -> {
                    supervisor.stopIt();
                    return "";
                },
                supervisor::letItGoOn);
    }

    static InjectedFault databaseStopped(Supervisor supervisor) {
        var stopped = new ArrayList<ProcessHandle>();
        return new InjectedFault(
                "PostgreSQL is stopped",
                Place.DATABASE,
                random -> {
                    stopped.addAll(supervisor.database());
                    Signals.send("STOP", stopped);
                    return stopped.size() + " processes";
                },
                () -> {
                    Signals.send("CONT", stopped);
                    stopped.clear();
                });
    }

    static InjectedFault databaseKilled(Supervisor supervisor) {
        return new InjectedFault(
                "PostgreSQL is killed", Place.DATABASE, random -> killSome(supervisor, random), () -> {});
    }

    /** Its first process, one of its others, or all. */
    private static String killSome(Supervisor supervisor, RandomGenerator random)
            throws IOException, InterruptedException {
        var all = supervisor.database();
        if (all.isEmpty()) {
            return "none runs";
        }
        var which = random.nextInt(3);
        var one = which == 0 ? 0 : random.nextInt(all.size());
        var killed = which == 2 ? all : List.of(all.get(one));
        Signals.send("KILL", killed);
        return killed.size() + " of " + all.size() + " processes, from number " + (which == 2 ? 0 : one);
    }

    static InjectedFault diskFull(Supervisor supervisor) {
        return new InjectedFault(
                "the disk is full",
                Place.DATABASE,
                random -> {
                    var bytes = FULL[random.nextInt(FULL.length)];
                    supervisor.limitFiles(bytes);
                    return "no file beyond " + bytes + " bytes";
                },
                () -> supervisor.limitFiles("unlimited"));
    }

    static InjectedFault databaseSilent(DatabaseProxy proxy) {
        return new InjectedFault(
                "the network to the database is silent",
                Place.DATABASE,
                random -> {
                    proxy.fallSilent();
                    return "";
                },
                proxy::recover);
    }

    static InjectedFault databaseRefuses(DatabaseRefusal refusal) {
        return new InjectedFault(
                "the database refuses changes",
                Place.DATABASE,
                random -> {
                    var state = REFUSALS[random.nextInt(REFUSALS.length)];
                    refusal.begin(state);
                    return "SQLSTATE " + state;
                },
                refusal::end);
    }

    static InjectedFault pages(List<Service> services) {
        var kinds = PageFault.values();
        return new InjectedFault(
                "pages are wrong",
                Place.PAGES,
                random -> {
                    var drawn = new ArrayList<PageFault>();
                    for (var service : services) {
                        var kind = kinds[random.nextInt(kinds.length)];
                        service.fault(kind);
                        drawn.add(kind);
                    }
                    return drawn.toString();
                },
                () -> services.forEach(service -> service.fault(PageFault.NONE)));
    }

    static InjectedFault webhook(List<Service> services) {
        return new InjectedFault(
                "webhooks fail",
                Place.WEBHOOK,
                random -> {
                    var drawn = WebhookFault.drawn(random);
                    services.forEach(service -> service.fault(drawn));
                    return drawn.toString();
                },
                () -> services.forEach(service -> service.fault(WebhookFault.NONE)));
    }
}
