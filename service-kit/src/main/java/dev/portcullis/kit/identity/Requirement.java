package dev.portcullis.kit.identity;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a call needs of its caller: a role, for the services that the call is about. Thread-safe as far as its look-up is. */
public final class Requirement {
    /** The services that a call is about. */
    private sealed interface Scope {}

    private record Some() implements Scope {}

    private record Every() implements Scope {}

    /** Every service, since the call could name one and does not. */
    private record Unnamed() implements Scope {}

    private record Nobodys() implements Scope {}

    private record Peers() implements Scope {}

    private record Named(Supplier<Optional<List<String>>> services) implements Scope {}

    /** What nobody has: for what somebody forgot to say who may do it. */
    public static final Requirement NEVER = new Requirement(Role.ADMIN, new Nobodys());

    /** What the services of this Portcullis ask of each other as themselves, and nobody else may, whatever his roles. */
    public static final Requirement PEER = new Requirement(Role.OPERATOR, new Peers());

    private final Role role;
    private final Scope services;

    private Requirement(Role role, Scope services) {
        this.role = role;
        this.services = services;
    }

    /** The role for some service or other: what the call tells or does is about none. */
    public static Requirement somewhere(Role role) {
        return new Requirement(role, new Some());
    }

    /** The role for all services: the call is about all of them. */
    public static Requirement everywhere(Role role) {
        return new Requirement(role, new Every());
    }

    /**
     * The role for the service that a call names.
     *
     * @param service as the call has it; empty when it names none, which is every service
     */
    public static Requirement of(Role role, String service) {
        return service.isEmpty() ? new Requirement(role, new Unnamed()) : found(role, () -> Optional.of(service));
    }

    /**
     * The role for the service of an object that a call names.
     *
     * @param service looks it up, when that decides; empty when there is no such object, of which nobody is told who may not see all of them
     */
    public static Requirement found(Role role, Supplier<Optional<String>> service) {
        return allFound(role, () -> service.get().map(List::of));
    }

    /**
     * The role for each of some groups of services.
     *
     * @param patterns names of services, in which {@code *} stands for any number of any characters, as those of {@link ServiceGroup}; empty for every service
     */
    public static Requirement ofAll(Role role, List<String> patterns) {
        return patterns.isEmpty() ? everywhere(role) : allFound(role, () -> Optional.of(patterns));
    }

    /**
     * The role for each of the groups of services that an object is about which a call names.
     *
     * @param patterns looks them up, when that decides; as those of {@link #ofAll}. Empty when there is no such object, of which nobody is told who may not see all of them
     */
    public static Requirement allFound(Role role, Supplier<Optional<List<String>>> patterns) {
        return new Requirement(role, new Named(patterns));
    }

    /** The role. */
    public Role role() {
        return role;
    }

    /** @throws CallRefusedException when the caller may not make the call */
    public void check(Caller caller) throws CallRefusedException {
        if (!isMet(caller)) {
            throw services instanceof Unnamed && caller.maySomewhere(role)
                    ? CallRefusedException.serviceNotNamed(caller, role)
                    : CallRefusedException.role(caller, role);
        }
    }

    private boolean isMet(Caller caller) {
        if (services instanceof Nobodys) {
            return false;
        }
        if (services instanceof Peers) {
            return caller.kind() == Caller.Kind.PEER;
        }
        if (caller.mayEverywhere(role)) {
            return true;
        }
        if (!caller.maySomewhere(role)) {
            return false;
        }
        return switch (services) {
            case Some some -> true;
            case Every every -> false;
            case Unnamed unnamed -> false;
            case Nobodys nobodys -> false;
            case Peers peers -> false;
            case Named named ->
                // A pattern is a name here: what matches it with its stars matches whatever they stand for.
                named.services()
                        .get()
                        .filter(all -> all.stream().allMatch(service -> caller.may(role, service)))
                        .isPresent();
        };
    }
}
